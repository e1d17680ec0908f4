// Who waits for what: a queue of processes for every event.
// SPDX-License-Identifier: MIT
//
// For placements whose processes wait in no thread of the service's own: a strand that blocks, or a
// request that a server keeps.
#pragma once

#include "services/unix/names.hpp"

#include <array>
#include <optional>

namespace unix {

class WaitQueues {
public:
    // INDEX, which is in no queue, waits for EVENT.
    void join(Event event, ProcessIndex index);

    // Who came first does not wait for EVENT any more; none: nobody does.
    std::optional<ProcessIndex> take(Event event);

    // INDEX does not wait any more, if it did.
    void leave(Event event, ProcessIndex index);

    bool is_empty(Event event) const { return firsts_[event.number()] == NOBODY; }

private:
    // Event::turn() has a queue, too.
    static constexpr std::size_t QUEUES = Event::turn().number() + 1;
    using Stored = std::uint8_t; // a process's number + 1
    static constexpr Stored NOBODY = 0;
    static Stored stored(ProcessIndex index) { return static_cast<Stored>(index.number() + 1); }

    std::array<Stored, QUEUES> firsts_{};
    std::array<Stored, QUEUES> lasts_{};        // meaningful where there is a first
    std::array<Stored, PROCESSES + 1> nexts_{}; // behind each
};

} // namespace unix
