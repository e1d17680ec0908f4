// Clearing a stack.
// SPDX-License-Identifier: MIT
//
// Before: Frames::free_rested in frames.cpp.
#include "views.hpp"

#include <array>

// A frame as large as most of what a kernel procedure may use (deadline.hpp), on purpose.
#pragma GCC diagnostic ignored "-Wframe-larger-than="
[[gnu::noipa]] void clear_stack_below() {
    constexpr std::uint64_t BYTES = KERNEL_STACK_RESERVE * 3 / 4;
    std::array<volatile std::uint64_t, BYTES / sizeof(std::uint64_t)> below;
    for (volatile std::uint64_t& word : below)
        word = 0;
}
