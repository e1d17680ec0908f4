// The long paths of IPC: when the receiver is busy, or has ended; windows; halves of an RPC.
// SPDX-License-Identifier: MIT
//
// First come, first served. The message waits with its sender, so a queue costs no memory.
#include "ipc.hpp"

#include "kernels/micro/devices.hpp"
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

void add_to_queue(Thread& receiver, Thread& sender) {
    Thread** last = &receiver.first_sender;
    while (*last != nullptr)
        last = &(*last)->pending.next;
    *last = &sender;
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
    add_to_queue(receiver, sender);
    schedule();
}

void send_quietly(Thread& sender, const Capability& capability, const Message& message, State state,
                  Thread::Extras extras) {
    Thread& receiver = *capability.receiver;
    sender.extras = extras;
    sender.partner = &receiver;
    sender.pending = {message, capability.badge, state, nullptr};
    sender.state = State::sends;
    add_to_queue(receiver, sender);
    const bool is_timed = receiver.state == State::receives_for_a_time;
    if (receiver.state != State::receives && !is_timed)
        return;
    receiver.state = State::receives;
    if (!deliver_queued(receiver)) {
        receiver.state = is_timed ? State::receives_for_a_time : State::receives;
        return;
    }
    forget_deadline(receiver);
    make_ready(receiver);
}

namespace {

// THREAD, which takes notices, gets those that there are.
void deliver_notices(Thread& thread) {
    const std::uint64_t bits = thread.notices & ~Thread::IN_SERVICE;
    set_message(thread, {abi::micro::label::NOTICES_CAME, {bits}});
    thread.frame.x(reg::A6) = abi::micro::NOBODY;
    thread.frame.x(reg::A7) = 0;
    thread.notices &= Thread::IN_SERVICE;
    thread.state = State::runnable;
}

bool has_notices(const Thread& thread) { return (thread.notices & ~Thread::IN_SERVICE) != 0; }

} // namespace

void notify(Thread& thread, std::uint64_t bits) {
    thread.notices |= bits;
    const bool receives =
        thread.state == State::receives || thread.state == State::receives_for_a_time;
    if (!receives || !thread.takes_notices() || !has_notices(thread))
        return;
    forget_deadline(thread);
    deliver_notices(thread);
    make_ready(thread);
}

bool deliver_queued(Thread& receiver) {
    if (receiver.notices != 0 && receiver.takes_notices()) {
        if (has_notices(receiver)) {
            deliver_notices(receiver);
            return true;
        }
        complete_interrupt(receiver);
    }
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

Result<void> call_otherwise(Thread& sender, CapSlot slot, const Message& message,
                            Thread::Extras extras) {
    const Capability& pager = sender.space->ranges[0].pager;
    if (slot != abi::micro::OWN_PAGER || pager.is_empty() ||
        abi::micro::is_of_kernel(message.label))
        return std::unexpected(Error::not_permitted);
    return send(sender, pager, message, State::awaits_answer, extras);
}

void finish_reply_and_receive(Thread& server, Thread* caller, const Message& message) {
    if (deliver_queued(server))
        make_ready(server);
    if (caller == nullptr)
        schedule();
    else if (caller->state == State::runnable)
        switch_to(*caller);
    else
        finish_call_of_kernel(*caller, server, message);
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
        finish_call_of_kernel(*caller, server, message);
    }
    return {};
}

Result<void> receive(Thread& thread, std::uint64_t from, std::uint64_t ticks,
                     Thread::Extras extras) {
    thread.partner = nullptr;
    if (from == abi::micro::NOTICES)
        extras |= Thread::NOTICES_ONLY;
    if (from == abi::micro::NOBODY || from == abi::micro::NOTICES)
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

Result<void> call_with_flags(Thread& sender, CapSlot slot, const Message& message,
                             std::uint64_t flags) {
    namespace micro = abi::micro;
    Thread::Extras extras = (flags & micro::LONG) != 0 ? Thread::MORE_WORDS : 0;
    if ((flags & micro::WHOLE) != 0) {
        extras |= Thread::WINDOW | Thread::WHOLE;
    } else if ((flags & (micro::READABLE | micro::WRITABLE)) != 0) {
        sender.window = TRY(windows::of_message(message, flags));
        extras |= Thread::WINDOW;
        if ((flags & micro::PASSED_ON) != 0)
            extras |= Thread::PASSED_ON;
    }
    if ((flags & micro::ACCEPTS) != 0) {
        extras |= Thread::ACCEPTS;
        sender.accepts = CapSlot(flags >> 16 & 0xffff);
    }
    return call(sender, slot, message, extras);
}

void cancel(Thread& thread) {
    forget_deadline(thread);
    if (thread.state == State::sends) {
        take_out_of_queue(*thread.partner, thread);
        thread.state = State::stopped;
    }
    thread.partner = nullptr;
}

void release_partners(Thread& ended) {
    cancel(ended);
    for (Thread& thread : kernel.threads) {
        if (thread.partner != &ended || &thread == &ended)
            continue;
        const State waits = thread.state == State::sends ? thread.pending.next_state : thread.state;
        cancel(thread); // it may end here, and is in no queue then
        if (waits == State::awaits_pager)
            deliver_fault(thread, Error::no_process);
        else if (waits == State::awaits_handler)
            end_thread(thread);
        else if (waits != State::runnable && waits != State::unused)
            wake_with(thread, Error::no_process);
    }
}

} // namespace ipc
