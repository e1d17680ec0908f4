// The scheduler of groups: who of a group has the processor, when the group has it.
// SPDX-License-Identifier: MIT
//
// Before: the kernel (../../turns.cpp), in the name of a thread that could run, or with the notice
// that the one with a turn waits; UNIX, which says who is in which group (client.hpp). Next:
// services/groups/groups.hpp, and an answer, which is a turn. Between two turns there is one
// message and its answer, however many messages the thread itself sends.
#include "kernels/micro/library/server.hpp"
#include "kernels/micro/servers/scheduler/client.hpp"

#include <bit>

constinit const std::string_view server_name = "scheduler";

namespace {

using micro::Message;
using micro::Received;

// By client: the thread that last asked.
constinit std::array<std::uint64_t, sched::CLIENTS> tokens{};

std::uint64_t token_of(sched::Client client) { return tokens[client.number()]; }

// sched::GroupPlacement. The kernel has heard of whoever was released, and will say when it has no
// turn any more: so it counts as one that has the processor until then.
struct Threads {
    sched::Use use(sched::Client client) const {
        const auto use = micro::use_of(token_of(client));
        return use ? sched::Use{true, use->ticks} : sched::Use{true, 0};
    }
    void release(sched::Client client) const {
        micro::exchange(micro::Operation::reply, token_of(client), {});
    }
    void hold(sched::Client client) const { end_turn(client); }
    void end_turn(sched::Client client) const { micro::end_turn(token_of(client)); }
};

constinit Threads threads;
constinit sched::Groups<Threads> groups{threads};

// CLIENT could run, and waits for a turn: its own is over, or it was not ready before.
void give_turn(sched::Client client, std::uint64_t ticks) {
    if (!groups.group_of(client))
        return threads.release(client);
    if (groups.is_ready(client))
        groups.checkpoint(client, ticks, true);
    else
        groups.ready(client);
}

// Of those GROUPS the one that was released waits, and the kernel has taken its turn.
void pass_turns(std::uint64_t notices) {
    for (; notices != 0; notices &= notices - 1) {
        const sched::Group group(static_cast<std::size_t>(std::countr_zero(notices)));
        const std::optional<sched::Client> waits = groups.released(group);
        if (!waits)
            continue;
        const auto use = micro::use_of(token_of(*waits));
        if (use && !use->has_turn)
            groups.checkpoint(*waits, use->ticks, false);
    }
}

Result<Message> create(std::uint64_t kind) {
    const sched::Group group =
        TRY(groups.create(kind == 0 ? sched::Kind::round_robin : sched::Kind::stride));
    return Message{abi::micro::label::DONE, {group.number()}};
}

Result<Message> adopt(const Message& request) {
    const auto& [group, number, tickets, ticks, unused] = request.words;
    const sched::Client client(number);
    groups.leave(client);
    groups.adopt(sched::Group(group), client, TRY(sched::Tickets::from_raw(tickets)), ticks);
    return Message{};
}

// UNIX alone can ask, which is trusted with who is who.
Result<Message> serve(const Received& request) {
    const auto& words = request.message.words;
    switch (request.message.label) {
    case scheduler::label::CREATE:
        return create(words[0]);
    case scheduler::label::ADOPT:
        return adopt(request.message);
    case scheduler::label::LEAVE:
        groups.leave(sched::Client(words[0]));
        return Message{};
    case scheduler::label::SET_TICKETS:
        groups.set_tickets(sched::Client(words[0]), TRY(sched::Tickets::from_raw(words[1])));
        return Message{};
    default:
        return std::unexpected(Error::invalid);
    }
}

// What the kernel says. No answer follows from here: a turn is given to whose it is.
void heed(const Received& received) {
    const auto& words = received.message.words;
    if (received.message.label == abi::micro::label::NOTICES_CAME)
        return pass_turns(words[0]);
    tokens[words[0]] = received.token;
    give_turn(sched::Client(words[0]), words[1]);
}

} // namespace

// Where root starts the server, by way of server_start.
extern "C" [[noreturn]] void server_main() {
    std::uint64_t token = abi::micro::NOBODY;
    Message answer{};
    for (;;) {
        const Received request = micro::reply_and_wait(token, answer);
        token = abi::micro::NOBODY;
        if (abi::micro::is_of_kernel(request.message.label)) {
            heed(request);
            continue;
        }
        token = request.token;
        const Result<Message> served = serve(request);
        answer = served ? *served : micro::refusal(served.error());
    }
}
