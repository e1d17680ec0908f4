// The list of sleepers, and setting the timer.
// SPDX-License-Identifier: MIT
#include "clock.hpp"

#include <algorithm>

void Clock::add(Thread& thread, std::uint64_t deadline) {
    Thread* previous = nullptr;
    Thread* next = first_;
    while (next != nullptr && next->wake_at <= deadline) {
        previous = next;
        next = next->next_sleeper;
    }
    thread.wake_at = deadline;
    thread.previous_sleeper = previous;
    thread.next_sleeper = next;
    (previous != nullptr ? previous->next_sleeper : first_) = &thread;
    if (next != nullptr)
        next->previous_sleeper = &thread;
    need(deadline);
}

void Clock::remove(Thread& thread) {
    Thread* const next = thread.next_sleeper;
    Thread* const previous = thread.previous_sleeper;
    (previous != nullptr ? previous->next_sleeper : first_) = next;
    if (next != nullptr)
        next->previous_sleeper = previous;
    thread.wake_at = timer::NEVER;
}

void Clock::expired(std::uint64_t other) {
    set(std::min(first_ != nullptr ? first_->wake_at : timer::NEVER, other));
}

void Clock::set(std::uint64_t deadline) {
    armed_ = deadline;
    timer::arm(deadline);
}
