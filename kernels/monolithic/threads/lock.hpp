// The sleeping lock: one thread at a time inside a service, also while it waits for the disk there.
// SPDX-License-Identifier: MIT
//
// Services have no locks; who calls them sees to it that one thread is inside at a time. Nobody is
// preempted in the kernel, so taking a lock that is free is a load and a store.
//
// The ordering law (docs/services.md) is here the order of locks, never another:
//   memory (services/vm) -> files (services/fs) -> disk (services/block)
// System calls and services/unix hold none. A thread with `files` never asks for `memory`: bytes go
// only to pages of the program that are there, and a page that is not is mended after `files` was
// given back (services/calls/bytes.cpp).
#pragma once

#include "kernels/monolithic/schedule.hpp"
#include "services/io/turn.hpp"

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

static_assert(io::Lock<SleepingLock>);
