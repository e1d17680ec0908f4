// Groups of clients, each scheduled among themselves by a policy of its own.
// SPDX-License-Identifier: MIT
//
// Above a kernel's scheduler, which knows nothing of it: to that one a group is as one client. One
// of a group's ready members is *released*, and can run there; the others are held until it is
// their turn, as in SPIN's packages of threads (SOSP'95, section 4.2). Who runs is never stopped
// from here: it loses the processor when its turn is over, or when it waits, and then this is told
// (checkpoint).
#pragma once

#include "services/sched/scheduler.hpp"

#include <array>
#include <optional>

namespace sched {

using Group = Index<struct TurnGroupTag, std::uint8_t>;

// What a kernel knows of a member.
struct Use {
    bool has_processor;  // it runs, or would, but for whoever asks
    std::uint64_t ticks; // that it ran, until now
};

// What groups ask of the kernel below.
template <class P>
concept GroupPlacement = requires(P& placement, Client client) {
    { placement.use(client) } -> std::same_as<Use>;
    placement.release(client); // nothing happens to one that could run at that moment
    // It does not have the processor, and is to get it no more before it is released.
    placement.hold(client);
    // It has the processor, and is to lose it: checkpoint follows.
    placement.end_turn(client);
};

template <GroupPlacement P>
class Groups {
public:
    static constexpr std::size_t COUNT = 4; // at a time

    explicit constexpr Groups(P& placement) : placement_(placement) {}

    // A group without members, which is no more as soon as it has none again. too_many.
    Result<Group> create(Kind kind) {
        for (std::size_t number = 0; number < groups_.size(); ++number) {
            Members& group = groups_[number];
            if (group.is_used)
                continue;
            group.is_used = true;
            group.kind = kind;
            group.policy.choose(kind);
            return Group(number);
        }
        return std::unexpected(Error::too_many);
    }
    // CLIENT, who was in no group, and has run for TICKS, is in NUMBER, with TICKETS; not ready.
    void adopt(Group number, Client client, Tickets tickets, std::uint64_t ticks) {
        Members& group = groups_[number.number()];
        member(client) = {.group = number, .is_ready = false, .charged = ticks};
        group.count += 1;
        group.policy.add(client, tickets);
    }
    // CLIENT, who was adopted just now, runs: nobody else of the group does.
    void begin_with(Client client) {
        Members& group = group_with(client);
        if (group.released)
            placement_.hold(*group.released);
        group.released = client;
        set_ready(group, client, true);
    }
    // CLIENT is in no group any more, if it was in one. Whether it was ready and is held.
    bool leave(Client client) {
        const Member before = member(client);
        if (!before.group)
            return false;
        Members& group = group_with(client);
        group.policy.remove(client);
        group.count -= 1;
        group.is_used = group.count != 0;
        member(client) = {};
        const bool was_released = group.released == client;
        if (was_released)
            group.released.reset();
        settle(group);
        return before.is_ready && !was_released;
    }

    std::optional<Group> group_of(Client client) const { return members_[client.number()].group; }
    void set_tickets(Client client, Tickets tickets) {
        if (member(client).group)
            group_with(client).policy.set_tickets(client, tickets);
    }
    bool is_ready(Client client) const { return members_[client.number()].is_ready; }
    bool is_released(Client client) { return group_with(client).released == client; }
    std::optional<Client> released(Group number) const { return groups_[number.number()].released; }

    // CLIENT, who does not run, can. Where somebody of the group runs, a policy with shares asks
    // whether that one has had its own; only who has never run was owed nothing so far, so that a
    // parent goes on before its child.
    void ready(Client client) {
        if (is_ready(client))
            return;
        Members& group = group_with(client);
        set_ready(group, client, true);
        if (group.released && placement_.use(client).ticks == 0)
            return;
        if (group.released && group.kind == Kind::stride) {
            const Use use = placement_.use(*group.released);
            if (use.has_processor)
                charge(group, *group.released, use.ticks);
        }
        settle(group);
    }
    // CLIENT, who does not run, cannot.
    void not_ready(Client client) {
        Members& group = group_with(client);
        set_ready(group, client, false);
        settle(group);
    }
    // CLIENT has lost the processor, having run for TICKS, and can run on, if IS_READY. Whether it
    // is the one that is released then.
    bool checkpoint(Client client, std::uint64_t ticks, bool is_ready) {
        Members& group = group_with(client);
        charge(group, client, ticks);
        set_ready(group, client, is_ready);
        if (group.released == client)
            group.released.reset();
        settle(group);
        return group.released == client;
    }

    // Whose members there were is gone: no groups any more.
    void start_over() {
        for (std::size_t number = 0; number < members_.size(); ++number) {
            if (members_[number].group)
                group_with(Client(number)).policy.remove(Client(number));
            members_[number] = {};
        }
        for (Members& group : groups_) {
            group.is_used = false;
            group.count = 0;
            group.released.reset();
        }
    }

private:
    struct Member {
        std::optional<Group> group{};
        bool is_ready = false;
        std::uint64_t charged = 0; // of the ticks that it ran
    };
    struct Members {
        bool is_used = false;
        Kind kind = Kind::round_robin;
        std::uint32_t count = 0;
        std::optional<Client> released{};
        Scheduler policy{};
    };

    Member& member(Client client) { return members_[client.number()]; }
    Members& group_with(Client client) { return groups_[member(client).group->number()]; }

    void set_ready(Members& group, Client client, bool is_ready) {
        member(client).is_ready = is_ready;
        if (is_ready)
            group.policy.ready(client);
        else
            group.policy.not_ready(client);
    }
    void charge(Members& group, Client client, std::uint64_t ticks) {
        group.policy.charge(client, ticks - member(client).charged);
        member(client).charged = ticks;
    }
    // The first one is released, and the one before is not any more. Should that one run, its turn
    // is over, and it is for checkpoint to do this.
    void settle(Members& group) {
        const std::optional<Client> next = group.policy.pick();
        if (next == group.released)
            return;
        if (group.released) {
            if (placement_.use(*group.released).has_processor)
                return placement_.end_turn(*group.released);
            placement_.hold(*group.released);
        }
        group.released = next;
        if (next)
            placement_.release(*next);
    }

    P& placement_;
    std::array<Members, COUNT> groups_{};
    std::array<Member, CLIENTS> members_{};
};

} // namespace sched
