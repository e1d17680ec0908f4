// The border of the extension `scheduler`: groups of strands that are scheduled among themselves.
// SPDX-License-Identifier: MIT
//
// What unix imports from ../extensions/scheduler/. A group is to the global scheduler as one
// strand: one of its members that are ready can run there, and which one, the group's own policy
// says (services/sched).
#pragma once

#include "kernels/spin/interface/strand.hpp"

#include "services/groups/groups.hpp"

#include <optional>

namespace scheduler {

using sched::Group;

#pragma GCC visibility push(default)

// As in sched::Groups.
Result<Group> create(sched::Kind kind);
// STRAND is in GROUP from now on, with TICKETS, and in no other. What it is at the moment,
// ready or not, it remains. not_permitted: it is none.
Result<void> adopt(Group group, spin::StrandReference strand, sched::Tickets tickets);
// STRAND is the global scheduler's again, if it was in a group; at the latest before it ends.
void leave(spin::StrandReference strand);

std::optional<Group> group_of(spin::StrandReference strand);
// Nothing happens where STRAND is in no group.
void set_tickets(spin::StrandReference strand, sched::Tickets tickets);
// Whether STRAND, which cannot run at the moment, could, but for another one of its group.
bool awaits_turn(spin::StrandReference strand);

// Whose strands there were is gone: no groups any more.
void start_over();

#pragma GCC visibility pop

} // namespace scheduler
