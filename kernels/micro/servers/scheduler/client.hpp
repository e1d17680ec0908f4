// The scheduler of groups, as UNIX sees it, which holds a capability for it.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/objects.hpp"

#include "services/groups/groups.hpp"

namespace scheduler {

namespace label {
inline constexpr std::uint64_t CREATE = 1;      // word 0: sched::Kind. Answer: the group
inline constexpr std::uint64_t ADOPT = 2;       // words: group, client, tickets, ticks that it ran
inline constexpr std::uint64_t LEAVE = 3;       // word 0: client
inline constexpr std::uint64_t SET_TICKETS = 4; // words: client, tickets
} // namespace label

// What a thread's scheduler_bits are, of a member of GROUP.
constexpr std::uint64_t notice_of(sched::Group group) { return 1ULL << group.number(); }

class Client {
public:
    explicit constexpr Client(micro::CapSlot server) : server_(server) {}

    // A group without members, which is no more as soon as it has none again. too_many; no_process:
    // the scheduler has gone.
    Result<sched::Group> create(sched::Kind kind) const;
    // The thread behind THREAD, which goes by CLIENT, is in GROUP from now on, with TICKETS, and in
    // no other. no_process.
    Result<void> adopt(sched::Group group, micro::CapSlot thread, sched::Client client,
                       sched::Tickets tickets) const;
    // CLIENT, which is in a group, has ended.
    void leave(sched::Client client) const;
    void set_tickets(sched::Client client, sched::Tickets tickets) const;

private:
    Result<micro::Message> ask(const micro::Message& request) const;

    micro::CapSlot server_;
};

} // namespace scheduler
