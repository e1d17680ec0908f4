// Round robin: everybody gets a turn, in the order in which they became ready.
// SPDX-License-Identifier: MIT
//
// Every operation takes the same few instructions, however many there are. Tickets and ticks mean
// nothing here: who gives up the processor early loses the rest of the turn.
#pragma once

#include "services/sched/ready_list.hpp"

namespace sched {

class RoundRobin {
public:
    void add(Client, Tickets) {}
    void remove(Client client) { not_ready(client); }
    void set_tickets(Client, Tickets) {}

    void ready(Client client) {
        if (!ready_.contains(client))
            ready_.insert(client, ReadyList::END);
    }
    void not_ready(Client client) {
        if (ready_.contains(client))
            ready_.remove(client);
    }
    void charge(Client, std::uint64_t) {}

    // The first, who goes to the end.
    std::optional<Client> pick() {
        if (ready_.first() == ReadyList::END)
            return std::nullopt;
        const Client chosen(ready_.first());
        if (ready_.last() != chosen.number()) {
            ready_.remove(chosen);
            ready_.insert(chosen, ReadyList::END);
        }
        return chosen;
    }

private:
    ReadyList ready_;
};
static_assert(Policy<RoundRobin>);

} // namespace sched
