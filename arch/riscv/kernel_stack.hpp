// A kernel stack, with what the trap road needs at its top.
// SPDX-License-Identifier: MIT
//
// sscratch holds the address of `frame` while the program that is served here runs: what the road
// saves lies where the stack of the C++ below it begins.
#pragma once

#include <array>
#include <cstddef>

template <class TopFrame>
struct alignas(16) KernelStack {
    std::array<std::byte, 8192 - sizeof(TopFrame)> room{};
    TopFrame frame{};
};
