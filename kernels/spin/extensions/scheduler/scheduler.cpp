// A scheduler of one's own over strands, above the global scheduler, for each of a few groups.
// SPDX-License-Identifier: MIT
//
// Before: unix (../../interface/scheduler.hpp), and the events of strands that are in a group
// (../../schedule.cpp). Next: services/groups/groups.hpp, and the global scheduler, at which the
// released one of each group is unblocked. The event Checkpoint says when that loses the processor,
// as it says it of one that the kernel itself made ready.
#include "kernels/spin/interface/scheduler.hpp"

#include "kernels/spin/interface/extension.hpp"

namespace {

using State = spin::StrandUse::State;

constinit std::array<spin::StrandReference, spin::STRANDS> members{}; // by the strand's number
static_assert(spin::STRANDS <= sched::CLIENTS);

sched::Client client_of(spin::StrandReference strand) { return sched::Client(strand.number()); }

// A member has not ended, so the kernel refuses nothing.
spin::StrandReference strand_of(sched::Client client) { return members[client.number()]; }

// sched::GroupPlacement.
struct Strands {
    sched::Use use(sched::Client client) const {
        const spin::StrandUse now = MUST(strand_use(strand_of(client)));
        return {now.state == State::running, now.ticks};
    }
    void release(sched::Client client) const { MUST(scheduler_unblock(strand_of(client))); }
    void hold(sched::Client client) const { MUST(scheduler_block(strand_of(client))); }
    // The one that has the processor runs here, in this handler.
    void end_turn(sched::Client) const { strand_end_turn(); }
};

constinit Strands strands;
constinit sched::Groups<Strands> groups{strands};

// The events.

void block(const spin::StrandEvent& event) {
    const sched::Client client = client_of(event.strand);
    if (!strands.use(client).has_processor) // else the next to be heard is checkpoint
        groups.not_ready(client);
    MUST(scheduler_block(event.strand));
}

void unblock(const spin::StrandEvent& event) { groups.ready(client_of(event.strand)); }

void checkpoint(const spin::StrandEvent& event) {
    const spin::StrandUse use = MUST(strand_use(event.strand));
    if (!groups.checkpoint(client_of(event.strand), use.ticks, use.state == State::ready))
        MUST(scheduler_block(event.strand));
}

} // namespace

Result<sched::Group> scheduler::create(sched::Kind kind) { return groups.create(kind); }

Result<void> scheduler::adopt(sched::Group group, spin::StrandReference strand,
                              sched::Tickets tickets) {
    leave(strand);
    const spin::StrandUse use = TRY(strand_use(strand));
    TRY(strand_install(strand, {.block = block, .unblock = unblock, .checkpoint = checkpoint}));
    const sched::Client client = client_of(strand);
    members[client.number()] = strand;
    groups.adopt(group, client, tickets, use.ticks);
    if (use.state == State::running) {
        groups.begin_with(client);
    } else if (use.state == State::ready) {
        MUST(scheduler_block(strand));
        groups.ready(client);
    }
    return {};
}

void scheduler::leave(spin::StrandReference strand) {
    const sched::Client client = client_of(strand);
    if (!groups.group_of(client))
        return;
    MUST(strand_install(strand, {}));
    if (groups.leave(client))
        MUST(scheduler_unblock(strand));
}

std::optional<sched::Group> scheduler::group_of(spin::StrandReference strand) {
    return groups.group_of(client_of(strand));
}

void scheduler::set_tickets(spin::StrandReference strand, sched::Tickets tickets) {
    groups.set_tickets(client_of(strand), tickets);
}

bool scheduler::awaits_turn(spin::StrandReference strand) {
    return groups.is_ready(client_of(strand));
}

void scheduler::start_over() { groups.start_over(); }

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
