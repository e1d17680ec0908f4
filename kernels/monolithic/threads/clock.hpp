// Who is to be woken when: the sleepers in the order of their deadlines, and the one timer.
// SPDX-License-Identifier: MIT
//
// Used by schedule.cpp alone. Setting the timer costs a call of the firmware, so it is set only
// when an earlier deadline comes up than the one that it is set for; one that turns out to be idle
// is let pass.
#pragma once

#include "thread.hpp"

class Clock {
public:
    // THREAD is to be woken at DEADLINE. Its place is looked for from the front: what sleeps by
    // time alone is rare, and its cost grows with how many do.
    void add(Thread& thread, std::uint64_t deadline);
    void remove(Thread& thread);

    bool has_sleepers() const { return first_ != nullptr; }
    // The first of them, if its deadline has passed; else nullptr.
    Thread* due(std::uint64_t now) const {
        return first_ != nullptr && first_->wake_at <= now ? first_ : nullptr;
    }

    // The timer has to expire at DEADLINE, or before.
    void need(std::uint64_t deadline) {
        if (deadline < armed_) [[unlikely]]
            set(deadline);
    }
    // It has expired; it is set for the first sleeper and for OTHER, whichever comes first.
    void expired(std::uint64_t other);

private:
    void set(std::uint64_t deadline);

    Thread* first_ = nullptr;
    std::uint64_t armed_ = timer::NEVER;
};
