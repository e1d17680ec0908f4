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
    // A turn has ended: others' come first, also of those who became ready in the course of it.
    void charge(Client client, std::uint64_t) {
        if (ready_.last() == client.number() || !ready_.contains(client))
            return;
        ready_.remove(client);
        ready_.insert(client, ReadyList::END);
    }
    std::optional<Client> pick() const {
        if (ready_.first() == ReadyList::END)
            return std::nullopt;
        return Client(ready_.first());
    }

private:
    ReadyList ready_;
};
static_assert(Policy<RoundRobin>);

} // namespace sched
