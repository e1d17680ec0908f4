// Who runs next.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// Runs what is runnable, sleeps while something is pending, and ends the machine when neither is
// left.
[[noreturn]] void run_scheduler();

// Puts the running process to sleep until `time` reaches DEADLINE (timer::NEVER: nothing wakes it).
void sleep_until(std::uint64_t deadline);

// Makes runnable whoever's deadline has passed, and sets the timer for the next one.
void wake_sleepers();
