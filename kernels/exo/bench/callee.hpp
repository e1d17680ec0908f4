// An environment made by hand, which only runs while it is called: protected transfers, exceptions.
// SPDX-License-Identifier: MIT
//
// It has no slice and no contexts but its two entries (callee.S), so ExOS, which the benchmark runs
// on, keeps its own, and no fault of the benchmark's own gets in between.
#pragma once

#include "crossings_layout.h"
#include "workshop.hpp"

#include <cstddef>

// The counter, as it was read on the way.
struct Visit {
    std::uint64_t called;   // before the caller's ecall
    std::uint64_t entered;  // the callee's first instruction
    std::uint64_t leaving;  // before its ecall back, or before what causes the exception
    std::uint64_t excepted; // the first instruction of its exception entry
    std::uint64_t cause;    // of the exception
    std::uint64_t returned; // the caller's first instruction again

    // What is between two readings, less the first one itself.
    std::uint64_t there() const { return entered - called - 1; }
    std::uint64_t back() const { return returned - leaving - 1; }
    std::uint64_t to_exception() const { return excepted - leaving - 1; }
};
static_assert(offsetof(Visit, called) == VISIT_CALLED &&
              offsetof(Visit, entered) == VISIT_ENTERED &&
              offsetof(Visit, leaving) == VISIT_LEAVING &&
              offsetof(Visit, excepted) == VISIT_EXCEPTED &&
              offsetof(Visit, cause) == VISIT_CAUSE && offsetof(Visit, returned) == VISIT_RETURNED);

extern "C" {
// callee.S: where it can go on.
extern const char callee_returns[], callee_loads[], callee_stores[], callee_jumps[],
    callee_breaks[], callee_is_illegal[];
}

// Once, behind slots::CALLEE.
void make_callee();
// A transfer to it; it goes on at ROAD, and comes back.
Visit visit(const char* road);
void end_callee();
