// Who waits for which event: the processes whose strands are blocked, first come, first served.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/unix/names.hpp"

#include <array>
#include <optional>

class WaitQueues {
public:
    // INDEX, which is in no queue, waits for EVENT, which somebody wakes (Event::is_woken).
    void join(unix::Event event, unix::ProcessIndex index);
    // Who came first does not wait for EVENT any more; none: nobody does.
    std::optional<unix::ProcessIndex> take(unix::Event event);
    // INDEX does not wait any more, if it did.
    void leave(unix::Event event, unix::ProcessIndex index);

    bool is_empty(unix::Event event) const { return firsts_[event.number()] == NOBODY; }

private:
    using Stored = std::uint8_t; // a process's number + 1
    static constexpr Stored NOBODY = 0;
    static Stored stored(unix::ProcessIndex index) {
        return static_cast<Stored>(index.number() + 1);
    }

    std::array<Stored, unix::Event::COUNT> firsts_{};
    std::array<Stored, unix::Event::COUNT> lasts_{};  // meaningful where there is a first
    std::array<Stored, unix::PROCESSES + 1> nexts_{}; // behind each
};
