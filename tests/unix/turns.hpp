// Turns of a scheduling policy, as the tests let it give them.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/sched/policy.hpp"

#include <cstdint>

inline constexpr std::uint64_t QUANTUM = 1000; // ticks

inline sched::Tickets tickets(std::uint64_t count) { return *sched::Tickets::from_raw(count); }
