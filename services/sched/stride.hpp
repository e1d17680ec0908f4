// Stride scheduling: everybody runs in proportion to his tickets, and nobody waits long.
// SPDX-License-Identifier: MIT
//
// C. Waldspurger and W. Weihl, "Stride Scheduling: Deterministic Proportional-Share Resource
// Management", MIT/LCS/TM-528, 1995. A client's stride is inverse to its tickets; its pass grows by
// its stride for every tick that it runs; the lowest pass runs next. So of two clients that are
// ready all the time each gets its share of what both got, to within one quantum (section 2.2).
//
// The global pass moves as the pass of a client with all ready tickets would (section 2.3). Who
// stops being ready keeps the distance between his pass and the global one, and gets it back when
// he returns: sleeping earns nothing, and neither does it forgive.
#pragma once

#include "services/sched/ready_list.hpp"

#include <algorithm>

namespace sched {

class Stride {
public:
    void add(Client client, Tickets tickets) {
        accounts_[client.number()] = {tickets.count(), STRIDE_ONE / tickets.count(), 0, 0};
    }
    void remove(Client client) { not_ready(client); }
    // The distance to the global pass is worth the same time as before.
    void set_tickets(Client client, Tickets tickets) {
        if (tickets.count() == accounts_[client.number()].tickets)
            return; // of two different strides one is half of STRIDE_ONE at most: products fit
        const bool was_ready = ready_.contains(client);
        not_ready(client);
        Account& account = accounts_[client.number()];
        const auto before = static_cast<std::int64_t>(account.stride);
        const auto after = static_cast<std::int64_t>(STRIDE_ONE / tickets.count());
        account.remain = account.remain / before * after + account.remain % before * after / before;
        account.tickets = tickets.count();
        account.stride = STRIDE_ONE / tickets.count();
        if (was_ready)
            ready(client);
    }

    void ready(Client client) {
        if (ready_.contains(client))
            return;
        Account& account = accounts_[client.number()];
        account.pass = global_pass_ + static_cast<std::uint64_t>(account.remain);
        ready_tickets_ += account.tickets;
        insert(client);
    }
    void not_ready(Client client) {
        if (!ready_.contains(client))
            return;
        Account& account = accounts_[client.number()];
        account.remain = distance(account.pass, global_pass_);
        ready_tickets_ -= account.tickets;
        ready_.remove(client);
    }

    // CLIENT, who is ready, ran for TICKS. He goes behind those whose pass is the same.
    void charge(Client client, std::uint64_t ticks) {
        if (!ready_.contains(client))
            return;
        Account& account = accounts_[client.number()];
        const std::uint64_t ran = std::min(ticks, MOST_TICKS);
        account.pass += account.stride * ran;
        global_pass_ += STRIDE_ONE * ran / ready_tickets_;
        ready_.remove(client);
        insert(client);
    }
    std::optional<Client> pick() {
        if (ready_.first() == ReadyList::END)
            return std::nullopt;
        return Client(ready_.first());
    }

private:
    // The stride of one ticket, a tick. Large against Tickets::MOST, so that a stride is exact to
    // one part in a million.
    static constexpr std::uint64_t STRIDE_ONE = std::uint64_t{1} << 32;
    // What is charged at once is cut to this (at 10 MHz, 107 seconds), so that the distance of two
    // passes fits. Only who is alone can run so long, and then the global pass moves as his does.
    static constexpr std::uint64_t MOST_TICKS = std::uint64_t{1} << 30;

    struct Account {
        std::uint64_t tickets = 1;
        std::uint64_t stride = STRIDE_ONE;
        std::uint64_t pass = 0;  // while ready; wraps around
        std::int64_t remain = 0; // while not: how far ahead of the global pass
    };

    // Passes wrap around; what counts is how far apart they are.
    static constexpr std::int64_t distance(std::uint64_t pass, std::uint64_t other) {
        return static_cast<std::int64_t>(pass - other);
    }
    // Keeps the list in the order of passes: from the back, where who has just run belongs.
    void insert(Client client) {
        const std::uint64_t its_pass = accounts_[client.number()].pass;
        std::size_t place = ReadyList::END;
        while (ready_.before(place) != ReadyList::END &&
               distance(accounts_[ready_.before(place)].pass, its_pass) > 0)
            place = ready_.before(place);
        ready_.insert(client, place);
    }

    ReadyList ready_; // the lowest pass first
    std::array<Account, CLIENTS> accounts_{};
    std::uint64_t global_pass_ = 0;
    std::uint64_t ready_tickets_ = 0; // of all who are ready
};
static_assert(Policy<Stride>);

} // namespace sched
