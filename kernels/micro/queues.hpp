// Who waits for the processor, and who for the time.
// SPDX-License-Identifier: MIT
//
// Lists through the threads themselves, so that they need no memory. Used by schedule.cpp.
#pragma once

#include "task.hpp"

#include <algorithm>
#include <cstdint>

// First come, first served. A thread that waits again stays in line until its turn comes, and is
// passed over then (Liedtke's lazy scheduling: IPC changes no queue).
class ReadyQueue {
public:
    // Behind all others, if THREAD is not in line.
    void add(Thread& thread);
    // Before all others, if THREAD is not in line.
    void add_first(Thread& thread);
    // The first thread that is runnable, which is in line no more; nullptr: none.
    Thread* take();
    // Somebody is in line, runnable or not.
    bool is_used() const { return first_ != nullptr; }

private:
    Thread* first_ = nullptr;
    Thread* last_ = nullptr;
};

// One for each priority.
class ReadyQueues {
public:
    void add(Thread& thread) { queues_[thread.priority].add(thread); }
    void add_first(Thread& thread) { queues_[thread.priority].add_first(thread); }
    // As above, of the highest priority that has one.
    Thread* take();
    // Somebody is in line who may run in place of RUNNING.
    bool is_used_beside(const Thread& running) const;
    bool is_used(std::size_t priority) const { return queues_[priority].is_used(); }
    bool is_used() const {
        return std::ranges::any_of(queues_,
                                   [](const ReadyQueue& queue) { return queue.is_used(); });
    }
    static constexpr std::size_t count() { return abi::micro::priority::COUNT; }

private:
    std::array<ReadyQueue, abi::micro::priority::COUNT> queues_;
};

// Those whose wake_at is not NEVER, the next one first.
class Deadlines {
public:
    void add(Thread& thread, std::uint64_t wake_at);
    // Sets its wake_at back to NEVER.
    void remove(Thread& thread);
    std::uint64_t next() const { return first_ == nullptr ? timer::NEVER : first_->wake_at; }
    // Removes the first one whose time has come by NOW; nullptr: there is none.
    Thread* take_due(std::uint64_t now);

private:
    Thread* first_ = nullptr;
};
