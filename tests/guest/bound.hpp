// Bounds in instructions, as tools/faultline/bound.hpp has them on the host.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// Promised for the reference compiler, GCC 12; what another makes is held to 5 % more.
constexpr std::uint64_t held_to(std::uint64_t promised) {
    return __GNUC__ == 12 ? promised : promised + promised / 20;
}
