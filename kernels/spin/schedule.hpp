// The global scheduler, which knows strands and nothing of what they are to anybody.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// Runs what is runnable, sleeps while something is pending, and ends the machine when neither is
// left.
[[noreturn]] void run_scheduler();

// Strand.Block for the running strand, until `time` reaches DEADLINE (timer::NEVER: nothing
// unblocks it).
void block_until(std::uint64_t deadline);

// Strand.Unblock for whoever's deadline has passed; sets the timer for the next one.
void unblock_expired();
