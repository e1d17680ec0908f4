// The scheduler that a kernel places: one of the policies, chosen by name at boot.
// SPDX-License-Identifier: MIT
//
// A branch on the kind, and no indirect call: `scheduler=stride` on the kernel's command line.
#pragma once

#include "services/sched/round_robin.hpp"
#include "services/sched/stride.hpp"

#include <string_view>

namespace sched {

enum class Kind : std::uint8_t { round_robin, stride };

// The kind called NAME (as it stands on a command line), or none.
constexpr std::optional<Kind> kind_named(std::string_view name) {
    if (name == "round-robin")
        return Kind::round_robin;
    if (name == "stride")
        return Kind::stride;
    return std::nullopt;
}
inline constexpr std::string_view KINDS = "round-robin, stride"; // for messages

class Scheduler {
public:
    // Before anybody is added.
    void choose(Kind kind) { kind_ = kind; }

    void add(Client client, Tickets tickets) {
        if (kind_ == Kind::stride)
            stride_.add(client, tickets);
        else
            round_robin_.add(client, tickets);
    }
    void remove(Client client) {
        if (kind_ == Kind::stride)
            stride_.remove(client);
        else
            round_robin_.remove(client);
    }
    void set_tickets(Client client, Tickets tickets) {
        if (kind_ == Kind::stride)
            stride_.set_tickets(client, tickets);
        else
            round_robin_.set_tickets(client, tickets);
    }
    void ready(Client client) {
        if (kind_ == Kind::stride)
            stride_.ready(client);
        else
            round_robin_.ready(client);
    }
    void not_ready(Client client) {
        if (kind_ == Kind::stride)
            stride_.not_ready(client);
        else
            round_robin_.not_ready(client);
    }
    void charge(Client client, std::uint64_t ticks) {
        if (kind_ == Kind::stride)
            stride_.charge(client, ticks);
        else
            round_robin_.charge(client, ticks);
    }
    std::optional<Client> pick() {
        return kind_ == Kind::stride ? stride_.pick() : round_robin_.pick();
    }

private:
    Kind kind_ = Kind::round_robin;
    RoundRobin round_robin_;
    Stride stride_;
};
static_assert(Policy<Scheduler>);

} // namespace sched
