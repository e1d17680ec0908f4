// Asking a scheduler in user mode, and giving and taking turns in its name.
// SPDX-License-Identifier: MIT
//
// Before: make_ready and schedule (schedule.cpp); the scheduler, with its answer
// (ipc::finish_call_of_kernel) or an operation. Next: the scheduler, with a message or a notice; or
// the line.
#include "turns.hpp"

#include "authority.hpp"
#include "ipc.hpp"
#include "kernel.hpp"
#include "objects.hpp"

namespace turns {

namespace {

using State = Thread::State;

// The thread behind TOKEN, if SCHEDULER gives it its turns.
Result<Thread*> find_member(const Thread& scheduler, std::uint64_t token) {
    Thread* const thread = TRY(find_thread(token));
    if (thread->scheduler.receiver != &scheduler || thread->scheduler.token != scheduler.token)
        return std::unexpected(Error::no_process);
    return thread;
}

} // namespace

bool asks(const Thread& thread) {
    return thread.state == State::awaits_turn ||
           (thread.state == State::sends && thread.pending.next_state == State::awaits_turn);
}

void ask(Thread& thread) {
    ipc::send_quietly(thread, thread.scheduler,
                      {abi::micro::label::TURN_WANTED, {thread.scheduler_tag, thread.ticks}},
                      State::awaits_turn, 0);
}

void give(Thread& thread) {
    thread.state = State::runnable;
    thread.has_turn = true;
    thread.next_with_turn = kernel.first_with_turn;
    kernel.first_with_turn = &thread;
    make_ready(thread);
}

void take(Thread& thread) {
    if (!thread.has_turn)
        return;
    thread.has_turn = false;
    Thread** place = &kernel.first_with_turn;
    while (*place != &thread)
        place = &(*place)->next_with_turn;
    *place = thread.next_with_turn;
}

bool end_of_waiting(const Thread* next) {
    bool found = false;
    for (Thread* thread = kernel.first_with_turn; thread != nullptr;) {
        Thread& member = *thread;
        thread = member.next_with_turn;
        if (member.state == State::runnable ||
            (next != nullptr && next->priority > member.priority))
            continue;
        take(member);
        ipc::notify(*member.scheduler.receiver, member.scheduler_bits);
        found = true;
    }
    return found;
}

void release(const Thread& ended) {
    for (Thread& thread : kernel.threads) {
        if (thread.scheduler.receiver != &ended)
            continue;
        take(thread);
        thread.scheduler = {};
        if (!asks(thread))
            continue;
        ipc::cancel(thread);
        thread.state = State::runnable;
        make_ready(thread);
    }
}

} // namespace turns

namespace objects {

Result<std::uint64_t> set_scheduler(Thread& caller, CapSlot slot, std::uint64_t scheduler_slot,
                                    std::uint64_t tag, std::uint64_t bits) {
    namespace right = abi::micro::right;
    using State = Thread::State;
    Thread& thread = *TRY(held_thread(caller, slot, CapRights(right::CONTROL)));
    Capability scheduler;
    if (scheduler_slot != abi::micro::NO_SCHEDULER) {
        constexpr CapRights RIGHTS(right::SEND | right::NOTIFY);
        TRY(held_thread(caller, CapSlot(scheduler_slot), RIGHTS));
        scheduler = caller.capabilities[scheduler_slot];
    }
    turns::take(thread);
    if (turns::asks(thread)) {
        ipc::cancel(thread);
        thread.state = State::runnable;
    }
    thread.scheduler = scheduler;
    thread.scheduler_tag = tag;
    thread.scheduler_bits = bits & ~Thread::IN_SERVICE;
    if (thread.state == State::runnable && &thread != &caller)
        make_ready(thread);
    return 0;
}

Result<std::uint64_t> end_turn(const Thread& caller, std::uint64_t token) {
    Thread& thread = *TRY(turns::find_member(caller, token));
    if (!thread.has_turn)
        return 0;
    turns::take(thread);
    if (thread.state == Thread::State::runnable)
        turns::ask(thread);
    else
        ipc::notify(*thread.scheduler.receiver, thread.scheduler_bits);
    return 0;
}

Result<std::uint64_t> use_of(const Thread& caller, std::uint64_t token) {
    const Thread& thread = *TRY(turns::find_member(caller, token));
    return thread.ticks << 1 | (thread.has_turn ? 1 : 0);
}

} // namespace objects
