// The processor as a linear vector of time slices.
// SPDX-License-Identifier: MIT
//
// Slices are owned like frames; the vector's order is the order of execution (Exokernel, SOSP'95,
// section 5.1.1). Whose exception it is that arrives is therefore asked of the running slice, and
// there is no "running process".
#pragma once

#include "task.hpp"

struct Slice {
    Environment* owner = nullptr; // nobody: it is passed over
};
static_assert(offsetof(Slice, owner) == SLICE_OWNER);

struct SliceVector {
    static constexpr std::size_t COUNT = 16;
    std::array<Slice, COUNT> slices{};
    std::size_t position = 0; // of the slice that runs
};

// Begins the first slice whose owner can run: its addressing context is in force, its exceptions
// are saved in its page. Sleeps while something is pending, and ends the machine when nothing is.
void begin_next_slice();

// Gives up the running environment's time until `time` reaches DEADLINE (timer::NEVER: nothing
// brings it back).
void sleep_until(std::uint64_t deadline);

// Makes runnable whoever's deadline has passed, and sets the timer for the next one.
void wake_sleepers();
