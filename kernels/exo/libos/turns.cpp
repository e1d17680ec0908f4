// Turns within a group.
// SPDX-License-Identifier: MIT
//
// Before: begin_turn and end_turn in waiting.cpp; processes.cpp, for who is in which group. Next:
// the policy (services/sched); the kernel's `yield` to a named environment.
#include "turns.hpp"

#include "libos.hpp"
#include "primitives.hpp"

#include <algorithm>

// slices.S
extern "C" std::uint64_t give_way(std::uint64_t first, std::uint64_t second, std::uint64_t number);

namespace {

using abi::exo::Primitive;

sched::Client client_of(unix::ProcessIndex index) { return sched::Client(index.number()); }

std::uint64_t environment_of(unix::ProcessIndex index) {
    return slots::ENVIRONMENTS + index.number();
}

// VISIT(process) for each other member of this process's group that waits until a time.
template <class Visit>
void for_each_sleeper(Visit visit) {
    const auto own = shared.turns.group_of(libos.self);
    for (Process& other : shared.processes)
        if (other.waits && other.number != libos.self && other.deadline != ~0ULL &&
            shared.turns.group_of(other.number) == own)
            visit(other);
}

// The end of the slice is announced when the first of the group has slept enough.
void set_alarm() {
    std::uint64_t first = ~0ULL;
    for_each_sleeper([&](const Process& other) { first = std::min(first, other.deadline); });
    if (first != ~0ULL)
        primitive::call(Primitive::alarm, first);
}

} // namespace

Result<GroupNumber> Turns::create(sched::Kind kind) {
    for (std::size_t number = 0; number < groups_.size(); ++number) {
        Group& group = groups_[number];
        if (group.is_used)
            continue;
        group.is_used = true;
        group.policy.choose(kind);
        return static_cast<GroupNumber>(number);
    }
    return std::unexpected(Error::too_many);
}

void Turns::join(GroupNumber group, unix::ProcessIndex index) {
    Member& member = members_[index.number()];
    member.group = group;
    member.is_ready = false;
    groups_[group].count += 1;
    groups_[group].policy.add(client_of(index), member.tickets);
}

void Turns::leave(unix::ProcessIndex index) {
    Member& member = members_[index.number()];
    if (member.group) {
        Group& group = group_with(index);
        group.policy.remove(client_of(index));
        group.count -= 1;
        group.is_used = group.count != 0;
    }
    member = Member();
}

void Turns::leave_for(unix::ProcessIndex index, GroupNumber group) {
    const sched::Tickets tickets = members_[index.number()].tickets;
    leave(index);
    members_[index.number()].tickets = tickets;
    join(group, index);
}

void Turns::set_tickets(unix::ProcessIndex index, sched::Tickets tickets) {
    Member& member = members_[index.number()];
    member.tickets = tickets;
    if (member.group)
        group_with(index).policy.set_tickets(client_of(index), tickets);
}

void Turns::charge(unix::ProcessIndex index, std::uint64_t ticks) {
    group_with(index).policy.charge(client_of(index), ticks);
}

void Turns::set_ready(unix::ProcessIndex index, bool is_ready) {
    Member& member = members_[index.number()];
    if (member.is_ready == is_ready)
        return;
    member.is_ready = is_ready;
    if (is_ready)
        group_with(index).policy.ready(client_of(index));
    else
        group_with(index).policy.not_ready(client_of(index));
}

std::optional<unix::ProcessIndex> Turns::pick(unix::ProcessIndex index) {
    const std::optional<sched::Client> client = group_with(index).policy.pick();
    return client ? std::optional(unix::ProcessIndex(client->number())) : std::nullopt;
}

// Whoever was picked and cannot run after all is not ready.
void await_turn() {
    Turns& turns = shared.turns;
    turns.set_ready(libos.self, true);
    for (;;) {
        const std::optional<unix::ProcessIndex> next = turns.pick(libos.self);
        if (!next || *next == libos.self)
            break;
        const std::uint64_t answer =
            give_way(environment_of(*next), 0, static_cast<std::uint64_t>(Primitive::yield));
        if (answer != 0)
            turns.set_ready(*next, false);
    }
    set_alarm();
}

std::uint64_t whom_to_yield_to() {
    if (!shared.turns.group_of(libos.self))
        return abi::exo::SELF;
    std::uint64_t chosen = abi::exo::SELF;
    const std::uint64_t now = read_time();
    for_each_sleeper([&](const Process& other) {
        if (other.deadline > now)
            return;
        shared.turns.set_ready(other.number, true);
        chosen = environment_of(other.number);
    });
    return chosen;
}
