// The sleeping lock: one thread at a time inside a service, also while it waits for the disk there.
// SPDX-License-Identifier: MIT
//
// Services have no locks; who calls them sees to it that one thread is inside at a time. Nobody is
// preempted in the kernel, so taking a lock that is free is a load and a store.
//
// The ordering law (docs/services.md) is here the order of locks, never another:
//   exec (exec.cpp) -> memory (services/vm) -> files (services/unix, services/fs) -> disk
// A read or write that stops in the middle holds its file (services/unix/holders.hpp) and no lock;
// who waits for it holds no lock, either, and so it may take any to go on.
// A thread with `files` never asks for `memory`: bytes go only to pages of the program that are
// there, and a page that is not is mended after `files` was given back (authority.hpp).
#pragma once

#include "schedule.hpp"

class SleepingLock {
public:
    void acquire() {
        while (held_)
            [[unlikely]] sleep_in(waiters_);
        held_ = true;
    }
    void release() {
        held_ = false;
        if (!waiters_.is_empty()) [[unlikely]]
            wake_first(waiters_);
    }

private:
    bool held_ = false;
    WaitQueue waiters_;
};

// Holds LOCK from here to the end of the block.
class [[nodiscard]] Holding {
public:
    explicit Holding(SleepingLock& lock) : lock_(lock) { lock_.acquire(); }
    ~Holding() { lock_.release(); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

private:
    SleepingLock& lock_;
};
