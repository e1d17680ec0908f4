// Who runs next, and who sleeps: where the scheduler service is placed.
// SPDX-License-Identifier: MIT
//
// There is no scheduler thread: who goes to sleep picks the next one and switches to it directly,
// and where nobody is ready, the sleeper itself waits for an interrupt, on its own kernel stack.
#pragma once

#include "threads/thread.hpp"

// Everything below acts on the thread that runs, unless it names one.

// What runs now, on the boot stack, is THREAD from here on.
void adopt_boot_thread(Thread& thread);

// A new THREAD may run from now on; its context says where it begins.
void start_thread(Thread& thread);

// Sleeps until somebody wakes QUEUE's members.
void sleep_in(WaitQueue& queue, Thread::Sleep sleep = Thread::Sleep::until_woken);

// Sleeps until `time` reaches DEADLINE (timer::NEVER: no time does) or a kill.
void sleep_until(std::uint64_t deadline);

// THREAD, which sleeps, is ready from now on.
void wake(Thread& thread);
// Wakes whoever sleeps in QUEUE: all, or the one that came first. Often nobody does.
inline void wake_all(WaitQueue& queue) {
    while (!queue.is_empty())
        wake(*queue.first());
}
inline void wake_first(WaitQueue& queue) {
    if (!queue.is_empty())
        wake(*queue.first());
}
// THREAD's sleep is over, if a kill may end it.
void wake_killed(Thread& thread);

// Nobody is ready: returns when an interrupt has made somebody so. By its name the probe knows what
// a wait executes, however often the hart wakes in vain.
[[gnu::cold, gnu::noipa]] void await_ready();

// Lets others run first.
void yield();

// Ends the running thread for good; nobody wakes it any more.
[[noreturn]] void leave_processor();

// The timer expired: sleepers wake.
void timer_expired();
// Makes room for others if the running thread's quantum is over.
void end_turn_if_over();
