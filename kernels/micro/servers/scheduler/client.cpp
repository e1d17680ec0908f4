// The stubs by which UNIX asks for groups.
// SPDX-License-Identifier: MIT
//
// Before: processes.cpp of the UNIX server. Next: scheduler.cpp.
#include "kernels/micro/servers/scheduler/client.hpp"

namespace scheduler {

Result<micro::Message> Client::ask(const micro::Message& request) const {
    const micro::Message answer = micro::call(server_, request);
    TRY(micro::to_result(answer.label));
    return answer;
}

Result<sched::Group> Client::create(sched::Kind kind) const {
    const micro::Message answer = TRY(ask({label::CREATE, {static_cast<std::uint64_t>(kind)}}));
    return sched::Group(answer.words[0]);
}

Result<void> Client::adopt(sched::Group group, micro::CapSlot thread, sched::Client client,
                           sched::Tickets tickets) const {
    const micro::ThreadUse use = TRY(micro::describe_thread(thread));
    TRY(ask({label::ADOPT, {group.number(), client.number(), tickets.count(), use.ticks}}));
    return micro::set_scheduler(thread, server_.raw(), client.number(), notice_of(group));
}

void Client::leave(sched::Client client) const {
    static_cast<void>(ask({label::LEAVE, {client.number()}}));
}

void Client::set_tickets(sched::Client client, sched::Tickets tickets) const {
    static_cast<void>(ask({label::SET_TICKETS, {client.number(), tickets.count()}}));
}

} // namespace scheduler
