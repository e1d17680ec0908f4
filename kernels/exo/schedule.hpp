// The processor: a linear vector of time slices.
// SPDX-License-Identifier: MIT
//
// Slices are owned like frames; the vector's order is the order of execution (Exokernel, SOSP'95,
// section 5.1.1). An environment that waits is passed over until its predicate holds: words in
// frames that it binds, or the time. Who wakes somebody stores a word; the kernel is not asked.
#pragma once

#include "task.hpp"

struct SliceVector {
    std::array<EnvironmentId, abi::exo::SLICES> owners{}; // nobody's: it is passed over
    std::size_t used_end = 0;                             // slices from here on are nobody's
    std::size_t position = 0;                             // of the slice that runs
    std::uint64_t end = 0;                                // of it, in ticks of `time`
    std::uint64_t armed = timer::NEVER;                   // what the timer is set for
    // Slices' ends that whoever runs was told of, or has overrun since: 0, or the announced one and
    // the later ones.
    std::uint64_t ends_seen = 0;
};

// Begins the first slice whose owner can run, at its `begin`. Sleeps while something is pending,
// and ends the machine when nothing is.
[[noreturn]] void begin_next_slice();
// Lets ENVIRONMENT, which is ready, have the rest of this one.
[[noreturn]] void begin_rest_of_slice(Environment& environment);

// ENVIRONMENT waits from now on, by TERMS terms of its page, until DEADLINE at the latest.
void set_waiting(Environment& environment, std::uint64_t terms, std::uint64_t deadline);
// Whether one of its terms holds, or the deadline has come.
bool wait_is_over(const Environment& environment);

// Slice POSITION, of OWNER or of nobody, becomes OTHER's. not_permitted; invalid.
Result<void> give_slice(std::uint64_t position, Environment& owner, Environment& other);
// Its slices are nobody's.
void give_slices_back(Environment& environment);

// The running environment's slice ends at TIME, if not before.
void set_alarm(std::uint64_t time);
