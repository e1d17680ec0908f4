// Who runs next.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernel.hpp"

// The direct switch: THREAD runs when the kernel is left. IPC uses it without asking the scheduler
// (L4): who is called or answered is who should run. Who ran before waits, or stands in line.
inline void switch_to(Thread& thread) {
    this_kernel_hart().running = &thread;
    thread.space->enter();
}

// THREAD, which is runnable and does not run now, stands in line for the processor.
void make_ready(Thread& thread);

// The running thread lets whoever is more urgent run first, if somebody is.
void give_way();

// Switches to the first in line; sleeps while nobody is runnable but something is pending (a
// deadline, a device), and ends the machine when neither is left.
void schedule();

// THREAD wakes at WAKE_AT with would_block in a0, unless forget_deadline is called before.
void set_deadline(Thread& thread, std::uint64_t wake_at);
inline void forget_deadline(Thread& thread) {
    if (thread.wake_at != timer::NEVER) [[unlikely]]
        kernel.deadlines.remove(thread);
}

// The timer's time has come: wakes whose deadline has passed, and lets others have their turn if
// the running thread's is over.
void on_tick();
