// Who waits for what: for an event, first come, first served; or for a time.
// SPDX-License-Identifier: MIT
//
// The queue of Event::turn() holds those whose request is to be served again: what they waited for
// has happened, or others were to have their turn.
#pragma once

#include "services/unix/names.hpp"

#include <algorithm>
#include <array>
#include <optional>

class WaitQueues {
public:
    // INDEX, which is in no queue, waits for EVENT, which is not deadline().
    void join(unix::Event event, unix::ProcessIndex index);
    // Who came first does not wait for EVENT any more; none: nobody does.
    std::optional<unix::ProcessIndex> take(unix::Event event);
    // INDEX does not wait any more, if it did.
    void leave(unix::Event event, unix::ProcessIndex index);

    bool is_empty(unix::Event event) const { return firsts_[event.number()] == NOBODY; }

private:
    static constexpr std::size_t QUEUES = unix::Event::turn().number() + 1;
    using Stored = std::uint8_t; // a process's number + 1
    static constexpr Stored NOBODY = 0;
    static Stored stored(unix::ProcessIndex index) {
        return static_cast<Stored>(index.number() + 1);
    }

    std::array<Stored, QUEUES> firsts_{};
    std::array<Stored, QUEUES> lasts_{};              // meaningful where there is a first
    std::array<Stored, unix::PROCESSES + 1> nexts_{}; // behind each
};

// Whose request is to be served again at some time, in ticks of `time`.
class Sleepers {
public:
    static constexpr std::uint64_t NEVER = ~0ULL;

    constexpr Sleepers() { deadlines_.fill(NEVER); }
    bool is_empty() const { return count_ == 0; }
    // INDEX, which does not sleep, does so until DEADLINE; if that is NEVER, it is not counted.
    void add(unix::ProcessIndex index, std::uint64_t deadline) {
        deadlines_[index.number()] = deadline;
        count_ += deadline == NEVER ? 0 : 1;
    }
    // INDEX does not sleep any more, if it did.
    void remove(unix::ProcessIndex index) {
        count_ -= deadlines_[index.number()] == NEVER ? 0 : 1;
        deadlines_[index.number()] = NEVER;
    }
    // NEVER: nobody sleeps.
    std::uint64_t nearest() const { return *std::ranges::min_element(deadlines_); }
    // Who is to wake first, if that is NOW; he sleeps no more.
    std::optional<unix::ProcessIndex> take_due(std::uint64_t now);

private:
    std::array<std::uint64_t, unix::PROCESSES> deadlines_; // by process
    std::size_t count_ = 0;
};
