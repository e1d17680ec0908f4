// Groups of processes with a scheduler of their own, on slices of their own.
// SPDX-License-Identifier: MIT
//
// The kernel knows slices and their order. Who of a group has them the group's members agree upon:
// whose slice begins looks in the shared section whose turn it is, and yields to that one by name
// (Exokernel, SOSP'95, section 7.3, has a stride scheduler at this level). Who computes beside
// others who sleep has an alarm set, so that they need not wait for the end of its slice.
#pragma once

#include "services/sched/scheduler.hpp"
#include "services/unix/names.hpp"

#include <array>
#include <optional>

using GroupNumber = std::uint8_t;

class Turns {
public:
    static constexpr std::size_t GROUPS = 4; // at a time

    // A group without members, which is no more when it has none again. too_many.
    Result<GroupNumber> create(sched::Kind kind);
    // INDEX, in no group, is in GROUP from now on; not ready.
    void join(GroupNumber group, unix::ProcessIndex index);
    // INDEX goes from the group that it is in, if it is in one, to GROUP, with its tickets.
    void leave_for(unix::ProcessIndex index, GroupNumber group);
    // It is in none, if it was in one, and has the usual tickets.
    void leave(unix::ProcessIndex index);
    std::optional<GroupNumber> group_of(unix::ProcessIndex index) const {
        return members_[index.number()].group;
    }
    void set_tickets(unix::ProcessIndex index, sched::Tickets tickets);

    // INDEX has run for TICKS; it can run on, or waits.
    void charge(unix::ProcessIndex index, std::uint64_t ticks);
    void set_ready(unix::ProcessIndex index, bool is_ready);
    // Whose turn it is in INDEX's group: one that is ready.
    std::optional<unix::ProcessIndex> pick(unix::ProcessIndex index);

private:
    struct Member {
        std::optional<GroupNumber> group{};
        bool is_ready = false;
        sched::Tickets tickets = sched::Tickets::usual();
    };
    struct Group {
        std::uint32_t count = 0;
        bool is_used = false;
        sched::Scheduler policy{};
    };
    Group& group_with(unix::ProcessIndex index) { return groups_[*members_[index.number()].group]; }

    std::array<Member, unix::PROCESSES> members_{};
    std::array<Group, GROUPS> groups_{};
};

// This process's slice begins: returns when it is its turn in its group.
void await_turn();
// To whom of its group it gives the rest of its slice, as the primitive `yield` takes it: who has
// slept until now; else SELF, whoever is next. Asked before this process's time is charged: who was
// ready meanwhile is owed a part of it.
std::uint64_t whom_to_yield_to();
