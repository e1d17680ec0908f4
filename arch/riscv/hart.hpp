// Hart-local state: what tp points to while the kernel runs.
// SPDX-License-Identifier: MIT
//
// Each kernel derives its own per-hart structure from Hart and hands it to `adopt_hart` before
// anything else.
#pragma once

#include <cstdint>

struct Hart {
    std::uint64_t id = 0; // as the firmware numbers it
};

inline void adopt_hart(Hart& hart) { asm volatile("mv tp, %0" ::"r"(&hart)); }

inline Hart& this_hart() { return *static_cast<Hart*>(__builtin_thread_pointer()); } // tp
