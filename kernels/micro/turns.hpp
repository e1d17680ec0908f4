// Threads that have their turns from a scheduler of their own, in user mode.
// SPDX-License-Identifier: MIT
//
// Such a thread stands in line (schedule.hpp) only while it has a turn. Else, as soon as it could
// run, it asks, by a message in its name, and waits; the answer is a turn. Messages switch directly
// to it all the same, as to any other: no IPC asks a scheduler.
#pragma once

#include "schedule.hpp"

namespace turns {

inline bool must_ask(const Thread& thread) {
    return !thread.scheduler.is_empty() && !thread.has_turn;
}
// THREAD, which must, asks.
void ask(Thread& thread);

// THREAD has asked, and was not given a turn yet.
bool asks(const Thread& thread);
// THREAD, which has asked, has a turn.
void give(Thread& thread);
// THREAD's turn is over, if it has one.
void take(Thread& thread);

// Of those that have a turn some wait, while nothing more urgent than they is to be done: NEXT
// is to run, or nobody. Their turns are over, and their schedulers are in line. False: there was
// none.
bool end_of_waiting(const Thread* next);

// ENDED was the scheduler of others: the kernel gives them their turns again.
void release(const Thread& ended);

} // namespace turns
