// Waiting: a predicate over words, which the kernel evaluates.
// SPDX-License-Identifier: MIT
//
// Who wakes somebody stores to a word. Others run meanwhile, also from within a critical section.
#pragma once

#include "services/unix/names.hpp"

#include <cstdint>

// What a wait may be ended by, beside what it waits for.
enum class Patience : std::uint8_t { until_it_happens, until_killed };

// Until WORD, in the shared section, is not VALUE any more; or time reaches DEADLINE; or something
// was typed that somebody should hear.
void wait_for(const volatile std::uint64_t& word, std::uint64_t value, Patience patience,
              std::uint64_t deadline = ~0ULL);
// Until time reaches DEADLINE (all ones: never), or this process is killed.
void wait_until(std::uint64_t deadline);

// A slice of this process's has begun.
void begin_turn();

// Lets others run first.
void yield_slice();
// The same where a critical section has ended that put it off.
void yield_late();

// What was typed goes to the terminal. In a critical section.
void hear_keys();
