// Kernel threads: what the processor runs inside the kernel, and the queues in which they sleep.
// SPDX-License-Identifier: MIT
//
// Every process has one, and serves its traps on it (task.hpp); the page-out daemon is one without
// a program. There is no preemption inside the kernel: a thread keeps the processor until it sleeps
// or yields (schedule.hpp), so what lies between two such points happens at once.
#pragma once

#include "arch/riscv/context.hpp"
#include "arch/riscv/timer.hpp"
#include "services/sched/policy.hpp"

#include <cstdint>

class WaitQueue;

struct Thread {
    enum class State : std::uint8_t { unused, ready, running, asleep };
    // May a kill end its sleep early? Not while it waits for a device or a lock: then it holds
    // something that others need.
    enum class Sleep : std::uint8_t { until_woken, until_woken_or_killed };

    sched::Client client; // its number in the scheduler's tables
    State state = State::unused;
    Sleep sleep = Sleep::until_woken;
    bool is_process = false; // a Process, with an address space of its own
    KernelContext context;   // while another runs
    std::uint64_t ticks = 0; // of `time`, that it ran

    // Where it sleeps (both may hold at once), and its neighbours there.
    WaitQueue* waits_in = nullptr;
    Thread* next_waiter = nullptr;
    Thread* previous_waiter = nullptr;
    std::uint64_t wake_at = timer::NEVER; // in ticks of `time`
    Thread* next_sleeper = nullptr;
    Thread* previous_sleeper = nullptr;
};

// Threads that wait for the same thing, first come, first served. Joining and leaving cost the
// same, however many wait.
class WaitQueue {
public:
    bool is_empty() const { return first_ == nullptr; }
    Thread* first() const { return first_; }

    void join(Thread& thread) {
        thread.waits_in = this;
        thread.next_waiter = nullptr;
        thread.previous_waiter = last_;
        (last_ != nullptr ? last_->next_waiter : first_) = &thread;
        last_ = &thread;
    }
    void leave(Thread& thread) {
        Thread* const next = thread.next_waiter;
        Thread* const previous = thread.previous_waiter;
        (previous != nullptr ? previous->next_waiter : first_) = next;
        (next != nullptr ? next->previous_waiter : last_) = previous;
        thread.waits_in = nullptr;
    }

private:
    Thread* first_ = nullptr;
    Thread* last_ = nullptr;
};
