// A scheduler of one's own over strands, above the global scheduler, for each of a few groups.
// SPDX-License-Identifier: MIT
//
// Before: unix (../../interface/scheduler.hpp), and the events of strands that are in a group
// (../../schedule.cpp). Next: the global scheduler, at which one of a group's ready strands is
// unblocked, the released one, as in SPIN's packages of threads (SOSP'95, section 4.2). Who runs is
// never stopped here: it loses the processor when its turn is over, or when it blocks, and the
// event Checkpoint then says which, as it says it of one that the kernel itself made ready.
#include "kernels/spin/interface/scheduler.hpp"

#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using State = spin::StrandUse::State;

struct Member {
    spin::StrandReference strand{};
    std::optional<scheduler::Group> group{};
    bool is_ready = false;
    std::uint64_t charged = 0; // of the ticks that it ran
};

struct Members {
    bool is_used = false;
    sched::Kind kind = sched::Kind::round_robin;
    std::uint32_t count = 0;
    std::optional<sched::Client> released{};
    sched::Scheduler policy{};
};

constinit std::array<Members, scheduler::GROUPS> groups{};
constinit std::array<Member, spin::STRANDS> members{}; // by the strand's number
static_assert(spin::STRANDS <= sched::CLIENTS);

sched::Client client_of(spin::StrandReference strand) { return sched::Client(strand.number()); }
Member& member_at(sched::Client client) { return members[client.number()]; }
Members& group_of(const Member& member) { return groups[member.group->number()]; }

// A member has not ended, so the kernel refuses nothing.
spin::StrandUse use_of(const Member& member) { return MUST(strand_use(member.strand)); }

void set_ready(Members& group, sched::Client client, bool is_ready) {
    member_at(client).is_ready = is_ready;
    if (is_ready)
        group.policy.ready(client);
    else
        group.policy.not_ready(client);
}

void charge(Members& group, sched::Client client, std::uint64_t ticks) {
    Member& member = member_at(client);
    group.policy.charge(client, ticks - member.charged);
    member.charged = ticks;
}

// The first one is released, and the one before is not any more. Should that one run, its turn is
// over, and it is for checkpoint to do this.
void settle(Members& group) {
    const std::optional<sched::Client> next = group.policy.pick();
    if (next == group.released)
        return;
    if (group.released) {
        const Member& before = member_at(*group.released);
        if (use_of(before).state == State::running) {
            strand_end_turn();
            return;
        }
        MUST(scheduler_block(before.strand));
    }
    group.released = next;
    if (next)
        MUST(scheduler_unblock(member_at(*next).strand));
}

// CLIENT, who does not run, is ready. Where somebody of the group runs, a policy with shares asks
// whether that one has had its own; only who has never run was owed nothing so far, so that a
// parent goes on before its child.
void add_ready(Members& group, sched::Client client) {
    set_ready(group, client, true);
    if (group.released && use_of(member_at(client)).ticks == 0)
        return;
    if (group.released && group.kind == sched::Kind::stride) {
        const spin::StrandUse use = use_of(member_at(*group.released));
        if (use.state == State::running)
            charge(group, *group.released, use.ticks);
    }
    settle(group);
}

// The events.

void block(const spin::StrandEvent& event) {
    const sched::Client client = client_of(event.strand);
    const Member& member = member_at(client);
    if (use_of(member).state == State::running) {
        MUST(scheduler_block(event.strand)); // checkpoint
        return;
    }
    Members& group = group_of(member);
    set_ready(group, client, false);
    settle(group);
    MUST(scheduler_block(event.strand));
}

void unblock(const spin::StrandEvent& event) {
    const sched::Client client = client_of(event.strand);
    if (!member_at(client).is_ready)
        add_ready(group_of(member_at(client)), client);
}

void checkpoint(const spin::StrandEvent& event) {
    const sched::Client client = client_of(event.strand);
    Members& group = group_of(member_at(client));
    const spin::StrandUse use = use_of(member_at(client));
    charge(group, client, use.ticks);
    set_ready(group, client, use.state == State::ready);
    settle(group);
    if (group.released != client)
        MUST(scheduler_block(event.strand));
}

} // namespace

Result<scheduler::Group> scheduler::create(sched::Kind kind) {
    for (std::size_t number = 0; number < groups.size(); ++number) {
        Members& group = groups[number];
        if (group.is_used)
            continue;
        group.is_used = true;
        group.kind = kind;
        group.policy.choose(kind);
        return Group(number);
    }
    return std::unexpected(Error::too_many);
}

Result<void> scheduler::adopt(Group number, spin::StrandReference strand, sched::Tickets tickets) {
    leave(strand);
    const spin::StrandUse use = TRY(strand_use(strand));
    TRY(strand_install(strand, {.block = block, .unblock = unblock, .checkpoint = checkpoint}));
    Members& group = groups[number.number()];
    const sched::Client client = client_of(strand);
    member_at(client) = {strand, number, false, use.ticks};
    group.count += 1;
    group.policy.add(client, tickets);
    if (use.state == State::running) {
        if (group.released)
            MUST(scheduler_block(member_at(*group.released).strand));
        group.released = client;
        set_ready(group, client, true);
    } else if (use.state == State::ready) {
        MUST(scheduler_block(strand));
        add_ready(group, client);
    }
    return {};
}

void scheduler::leave(spin::StrandReference strand) {
    const sched::Client client = client_of(strand);
    const Member member = member_at(client);
    if (!member.group)
        return;
    Members& group = ::group_of(member);
    MUST(strand_install(strand, {}));
    group.policy.remove(client);
    group.count -= 1;
    group.is_used = group.count != 0;
    member_at(client) = {};
    if (group.released == client)
        group.released.reset();
    else if (member.is_ready)
        MUST(scheduler_unblock(strand));
    settle(group);
}

std::optional<scheduler::Group> scheduler::group_of(spin::StrandReference strand) {
    return member_at(client_of(strand)).group;
}

void scheduler::set_tickets(spin::StrandReference strand, sched::Tickets tickets) {
    const Member& member = member_at(client_of(strand));
    if (member.group)
        ::group_of(member).policy.set_tickets(client_of(strand), tickets);
}

bool scheduler::awaits_turn(spin::StrandReference strand) {
    return member_at(client_of(strand)).is_ready;
}

void scheduler::start_over() {
    for (std::size_t number = 0; number < members.size(); ++number)
        if (const std::optional<Group> group{members[number].group}; group) {
            groups[group->number()].policy.remove(sched::Client(number));
            members[number] = {};
        }
    for (Members& group : groups) {
        group.is_used = false;
        group.count = 0;
        group.released.reset();
    }
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
