// Standing in line, for the processor and for the time.
// SPDX-License-Identifier: MIT
#include "queues.hpp"

void ReadyQueue::add(Thread& thread) {
    if (thread.is_in_line)
        return;
    thread.is_in_line = true;
    thread.next_in_line = nullptr;
    (first_ == nullptr ? first_ : last_->next_in_line) = &thread;
    last_ = &thread;
}

void ReadyQueue::add_first(Thread& thread) {
    if (thread.is_in_line)
        return;
    thread.is_in_line = true;
    thread.next_in_line = first_;
    if (first_ == nullptr)
        last_ = &thread;
    first_ = &thread;
}

Thread* ReadyQueue::take() {
    while (first_ != nullptr) {
        Thread& thread = *first_;
        first_ = thread.next_in_line;
        thread.is_in_line = false;
        if (thread.state == Thread::State::runnable)
            return &thread;
    }
    return nullptr;
}

Thread* ReadyQueues::take() {
    for (std::size_t priority = queues_.size(); priority-- > 0;)
        if (Thread* const thread = queues_[priority].take())
            return thread;
    return nullptr;
}

bool ReadyQueues::is_used_beside(const Thread& running) const {
    for (std::size_t priority = running.priority; priority < queues_.size(); ++priority)
        if (queues_[priority].is_used())
            return true;
    return false;
}

void Deadlines::add(Thread& thread, std::uint64_t wake_at) {
    thread.wake_at = wake_at;
    if (wake_at == timer::NEVER)
        return;
    Thread** place = &first_;
    while (*place != nullptr && (*place)->wake_at <= wake_at)
        place = &(*place)->next_to_wake;
    thread.next_to_wake = *place;
    *place = &thread;
}

void Deadlines::remove(Thread& thread) {
    if (thread.wake_at == timer::NEVER)
        return;
    thread.wake_at = timer::NEVER;
    Thread** place = &first_;
    while (*place != &thread)
        place = &(*place)->next_to_wake;
    *place = thread.next_to_wake;
}

Thread* Deadlines::take_due(std::uint64_t now) {
    Thread* const thread = first_;
    if (thread == nullptr || thread->wake_at > now)
        return nullptr;
    remove(*thread);
    return thread;
}
