// Who runs next.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernel.hpp"

// The direct switch: THREAD runs when the kernel is left. IPC uses it without asking the scheduler
// (L4): who is called or answered is who should run.
inline void switch_to(Thread& thread) {
    this_kernel_hart().running = &thread;
    thread.space.enter();
}

// Chooses a runnable thread and switches to it; sleeps while none is but something is pending, and
// ends the machine when neither is left.
void schedule();

// Makes runnable whoever's timeout has passed, and sets the timer for the next one.
void wake_sleepers();
