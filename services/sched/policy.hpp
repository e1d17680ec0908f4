// What a scheduling policy is: who runs next, among those who can.
// SPDX-License-Identifier: MIT
//
// A kernel tells the policy who exists, who can run, and how long each ran; the policy chooses. It
// knows no thread, no timer and no wall time: a tick is what the caller says (a kernel counts
// `time`), and the length of a quantum is the kernel's. scheduler.hpp holds the policies that are
// there, round_robin.hpp and stride.hpp are they.
#pragma once

#include "lib/number.hpp"
#include "lib/result.hpp"

#include <concepts>
#include <cstdint>
#include <optional>

namespace sched {

// 64 processes, and a few threads of the kernel's own.
inline constexpr std::size_t CLIENTS = 72;

// Who is scheduled, by a number below CLIENTS: an index into the kernel's own table.
using Client = Index<struct ClientTag, std::uint8_t>;

// A share of the processor, relative to the others': 1..MOST.
class Tickets {
public:
    static constexpr std::uint64_t MOST = 4096;

    static constexpr Tickets usual() { return Tickets(100); }
    // invalid: 0, or more than MOST.
    static constexpr Result<Tickets> from_raw(std::uint64_t count) {
        if (count == 0 || count > MOST)
            return std::unexpected(Error::invalid);
        return Tickets(count);
    }
    constexpr std::uint64_t count() const { return count_; }

private:
    explicit constexpr Tickets(std::uint64_t count) : count_(count) {}
    std::uint64_t count_ = 1;
};

// The order of calls: add, then ready and not_ready by turns, remove at the end from either. Who
// was picked stays ready; he is charged what he ran before the next pick, and before not_ready.
template <class P>
concept Policy = requires(P& policy, Client client, Tickets tickets, std::uint64_t ticks) {
    policy.add(client, tickets);
    policy.remove(client);
    policy.set_tickets(client, tickets);
    policy.ready(client);
    policy.not_ready(client);
    policy.charge(client, ticks);
    // Nobody, when nobody is ready.
    { policy.pick() } -> std::same_as<std::optional<Client>>;
};

} // namespace sched
