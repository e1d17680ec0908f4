// The long paths of IPC: when the receiver is busy, or has ended; windows; halves of an RPC.
// SPDX-License-Identifier: MIT
//
// First come, first served. The message waits with its sender, so a queue costs no memory.
#include "ipc.hpp"

#include "kernels/micro/kernel.hpp"
#include "kernels/micro/windows.hpp"

namespace ipc {

namespace {

void take_out_of_queue(Thread& receiver, const Thread& sender) {
    Thread** place = &receiver.first_sender;
    while (*place != &sender)
        place = &(*place)->pending.next;
    *place = sender.pending.next;
}

void wake_with(Thread& thread, Error why) {
    forget_deadline(thread);
    thread.frame.x(reg::A0) = abi::to_register(why);
    thread.partner = nullptr;
    thread.state = State::runnable;
    make_ready(thread);
}

} // namespace

void send_otherwise(Thread& receiver, Thread& sender, const Thread::Pending& pending) {
    if (receiver.state == State::receives_for_a_time && listens_to(receiver, sender)) {
        forget_deadline(receiver);
        sender.state = pending.next_state;
        deliver(receiver, sender, pending.badge, pending.message, sender.extras);
        return switch_to(receiver);
    }
    sender.pending = pending;
    sender.state = State::sends;
    Thread** last = &receiver.first_sender;
    while (*last != nullptr)
        last = &(*last)->pending.next;
    *last = &sender;
    schedule();
}

bool deliver_queued(Thread& receiver) {
    Thread* sender = receiver.first_sender;
    while (sender != nullptr && !takes_from(receiver, *sender))
        sender = sender->pending.next;
    if (sender == nullptr)
        return false;
    take_out_of_queue(receiver, *sender);
    sender->state = sender->pending.next_state;
    deliver(receiver, *sender, sender->pending.badge, sender->pending.message, sender->extras);
    return true;
}

Result<void> reply(Thread& server, std::uint64_t token, const Message& message,
                   Thread::Extras extras) {
    Thread* const caller = find_caller(server, token);
    if (caller == nullptr)
        return std::unexpected(Error::no_process);
    server.extras = extras;
    if (caller->state == State::awaits_answer) {
        answer(*caller, server, message, extras);
        make_ready(*caller);
    } else {
        make_ready(server);
        finish_page_fault(*caller, server, message.label, message.words[0], message.words[1]);
    }
    return {};
}

Result<void> receive(Thread& thread, std::uint64_t from, std::uint64_t ticks,
                     Thread::Extras extras) {
    thread.partner = nullptr;
    if (from == abi::micro::NOBODY)
        thread.partner = &thread;
    else if (from != abi::micro::ANYBODY)
        thread.partner = TRY(find_thread(from));
    thread.extras = extras;
    thread.state = State::receives;
    if (deliver_queued(thread))
        return {};
    if (ticks == 0) {
        thread.state = State::runnable;
        return std::unexpected(Error::would_block);
    }
    if (ticks != abi::micro::FOR_EVER) {
        thread.state = State::receives_for_a_time;
        set_deadline(thread, timer::deadline_in(ticks));
    }
    schedule();
    return {};
}

Result<void> call_with_window(Thread& sender, CapSlot slot, const Message& message,
                              std::uint64_t flags) {
    sender.window = TRY(windows::of_message(message, flags));
    const bool is_long = (flags & abi::micro::LONG) != 0;
    return call(sender, slot, message, Thread::WINDOW | (is_long ? Thread::MORE_WORDS : 0));
}

void release_partners(Thread& ended) {
    if (ended.state == State::sends)
        take_out_of_queue(*ended.partner, ended);
    ended.first_sender = nullptr;
    for (Thread& thread : kernel.threads) {
        if (thread.partner != &ended || &thread == &ended)
            continue;
        const State waits = thread.state == State::sends ? thread.pending.next_state : thread.state;
        if (waits == State::awaits_pager)
            deliver_fault(thread, Error::no_process);
        else if (thread.state != State::runnable && thread.state != State::unused)
            wake_with(thread, Error::no_process);
    }
}

} // namespace ipc
