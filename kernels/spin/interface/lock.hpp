// A lock that strands take turns by, also while one of them waits inside.
// SPDX-License-Identifier: MIT
//
// Nobody is preempted in the kernel, so taking a lock that is free is a load and a store. The
// ordering law (docs/services.md) is here the order of locks: memory -> files -> disk. A lock that
// a fallen extension's strand held fell with it: every strand that could wait for it stood in that
// extension.
#pragma once

#include "kernels/spin/interface/strand.hpp"

namespace spin {

class SleepingLock {
public:
    void acquire() {
        while (is_held_)
            [[unlikely]] wait();
        is_held_ = true;
    }
    void release() {
        is_held_ = false;
        if (waiting_ != 0) [[unlikely]]
            wake_first();
    }

private:
    [[gnu::cold, gnu::noinline]] void wait() {
        const StrandReference self = strand_self();
        waiters_[(first_ + waiting_++) % STRANDS] = self;
        static_cast<void>(strand_block(self)); // it runs
    }
    [[gnu::cold, gnu::noinline]] void wake_first() {
        const StrandReference waiter = waiters_[first_];
        first_ = (first_ + 1) % STRANDS;
        waiting_ -= 1;
        static_cast<void>(strand_unblock(waiter)); // it may have ended
    }

    bool is_held_ = false;
    std::size_t first_ = 0;
    std::size_t waiting_ = 0;
    std::array<StrandReference, STRANDS> waiters_{}; // each strand waits here once at most
};

} // namespace spin
