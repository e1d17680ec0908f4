// Synchronous IPC, the L4 way: no buffer, no copy in memory, no scheduler on the way.
// SPDX-License-Identifier: MIT
//
// Before: on_message in ../../syscall.cpp, with the message still in the registers in which the
// sender put it; that is why the short paths stand here, to be inlined there. A message is
// delivered by being written to where the receiver's registers will be loaded from. Papers:
// Liedtke, "Improving IPC by Kernel Design" (SOSP'93).
#pragma once

#include "kernels/micro/authority.hpp"
#include "kernels/micro/fault.hpp"
#include "kernels/micro/schedule.hpp"

#include "abi/errors.hpp"

namespace ipc {

using abi::micro::Message;

inline void set_message(Thread& thread, const Message& message) {
    TrapFrame& frame = thread.frame;
    frame.x(reg::A0) = message.label;
    frame.x(reg::A1) = message.words[0];
    frame.x(reg::A2) = message.words[1];
    frame.x(reg::A3) = message.words[2];
    frame.x(reg::A4) = message.words[3];
    frame.x(reg::A5) = message.words[4];
}

// RECEIVER gets a message of SENDER, whom its next answer will reach.
inline void deliver(Thread& receiver, Thread& sender, std::uint64_t badge, const Message& message) {
    set_message(receiver, message);
    receiver.frame.x(reg::A6) = badge;
    receiver.caller = &sender;
    receiver.state = Thread::State::runnable;
}

// RECEIVER is busy: SENDER stands in its queue with what is `pending` there, and somebody else
// runs.
void queue(Thread& receiver, Thread& sender);

// Takes the first message out of RECEIVER's queue, which is not empty.
void deliver_queued(Thread& receiver);

// Sends by CAPABILITY of SENDER, which then waits in STATE for the answer.
inline void send(Thread& sender, const Capability& capability, const Message& message,
                 Thread::State state) {
    Thread& receiver = *capability.receiver;
    if (receiver.state != Thread::State::receives) [[unlikely]] {
        sender.pending = {message, capability.badge, nullptr};
        queue(receiver, sender);
        return;
    }
    sender.state = state;
    deliver(receiver, sender, capability.badge, message);
    switch_to(receiver);
}

// call. not_permitted: no capability to send in SLOT, or a label that only the kernel may use.
inline Result<void> call(Thread& sender, CapSlot slot, const Message& message) {
    const Capability* capability = find_capability(sender, slot, CapRights::send());
    if (capability == nullptr || abi::micro::is_of_kernel(message.label)) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    send(sender, *capability, message, Thread::State::awaits_answer);
    return {};
}

// reply_and_wait. An answer to nobody is dropped: whom it was for was answered already, or nobody
// called yet.
inline void reply_and_wait(Thread& server, const Message& answer) {
    Thread* const caller = server.caller;
    server.caller = nullptr;
    server.state = Thread::State::receives;
    if (server.first_sender != nullptr) [[unlikely]]
        deliver_queued(server);
    if (caller == nullptr) [[unlikely]] {
        schedule();
    } else if (caller->state == Thread::State::awaits_pager) {
        finish_page_fault(*caller, server, answer.label, answer.words[0], answer.words[1]);
    } else {
        set_message(*caller, answer);
        caller->state = Thread::State::runnable;
        switch_to(*caller);
    }
}

} // namespace ipc
