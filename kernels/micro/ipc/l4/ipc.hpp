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
#include "kernels/micro/turns.hpp"

#include "abi/errors.hpp"

namespace ipc {

using abi::micro::Message;
using State = Thread::State;

inline void set_message(Thread& thread, const Message& message) {
    TrapFrame& frame = thread.frame;
    frame.x(reg::A0) = message.label;
    frame.x(reg::A1) = message.words[0];
    frame.x(reg::A2) = message.words[1];
    frame.x(reg::A3) = message.words[2];
    frame.x(reg::A4) = message.words[3];
    frame.x(reg::A5) = message.words[4];
}

// BITS are among THREAD's notices; it is in line, if it waits for them.
void notify(Thread& thread, std::uint64_t bits);

// s2..s6, where EXTRAS, which FROM sends with, say that they are words, and TO takes them.
inline void pass_more_words(Thread& to, const Thread& from, Thread::Extras extras) {
    if ((to.extras & extras & Thread::MORE_WORDS) == 0) [[likely]]
        return;
    for (unsigned number = reg::S2; number <= reg::S6; ++number)
        to.frame.x(number) = from.frame.x(number);
}

inline bool listens_to(const Thread& receiver, const Thread& sender) {
    return receiver.partner == nullptr || receiver.partner == &sender;
}

// Whether RECEIVER takes a message of SENDER's now and at once. Not so, where it waits for a time:
// what that needs nobody else pays for (send_otherwise).
inline bool takes_from(const Thread& receiver, const Thread& sender) {
    return receiver.state == State::receives && listens_to(receiver, sender);
}

// RECEIVER gets a message of SENDER, whom it knows by its token until it has answered.
[[gnu::always_inline]] inline void deliver(Thread& receiver, const Thread& sender,
                                           std::uint64_t badge, const Message& message,
                                           Thread::Extras extras) {
    set_message(receiver, message);
    pass_more_words(receiver, sender, extras);
    receiver.frame.x(reg::A6) = sender.token;
    receiver.frame.x(reg::A7) = badge;
    receiver.state = State::runnable;
}

// RECEIVER is busy, or does not listen to SENDER, who stands in its queue with what is PENDING
// there, and somebody else runs; or it has waited for a time, and that is over.
void send_otherwise(Thread& receiver, Thread& sender, const Thread::Pending& pending);

// Takes its notices, or the first message that RECEIVER, which receives, takes out of its queue.
// False: there is nothing.
bool deliver_queued(Thread& receiver);

// As send, but nobody is switched to: the receiver, if it takes the message, is in line. The caller
// schedules.
void send_quietly(Thread& sender, const Capability& capability, const Message& message, State state,
                  Thread::Extras extras);

// Sends by CAPABILITY of SENDER, which then waits in STATE for the answer. no_process: the receiver
// has ended.
[[gnu::always_inline]] inline Result<void> send(Thread& sender, const Capability& capability,
                                                const Message& message, State state,
                                                Thread::Extras extras) {
    Thread& receiver = *capability.receiver;
    if (receiver.token != capability.token) [[unlikely]]
        return std::unexpected(Error::no_process);
    sender.extras = extras;
    sender.partner = &receiver;
    if (!takes_from(receiver, sender)) [[unlikely]] {
        send_otherwise(receiver, sender, {message, capability.badge, state, nullptr});
        return {};
    }
    sender.state = state;
    deliver(receiver, sender, capability.badge, message, extras);
    switch_to(receiver);
    return {};
}

// For the long ways: so that MESSAGE need not lie in memory where they are not taken.
inline Message copy_of(const Message& message) { return {message.label, message.words}; }

// call by a SLOT without a capability: OWN_PAGER, or not_permitted.
Result<void> call_otherwise(Thread& sender, CapSlot slot, const Message& message,
                            Thread::Extras extras);

// call, with EXTRAS. not_permitted: no capability to send in SLOT, or a label that only the kernel
// may use; no_process.
[[gnu::always_inline]] inline Result<void> call(Thread& sender, CapSlot slot,
                                                const Message& message, Thread::Extras extras) {
    const Capability* capability = find_capability(sender, slot, CapRights::send());
    if (capability == nullptr || abi::micro::is_of_kernel(message.label)) [[unlikely]]
        return call_otherwise(sender, slot, copy_of(message), extras);
    return send(sender, *capability, message, State::awaits_answer, extras);
}

// CALLER, whose call waits for SERVER, can go on with ANSWER.
[[gnu::always_inline]] inline void answer(Thread& caller, const Thread& server,
                                          const Message& answer, Thread::Extras extras) {
    set_message(caller, answer);
    pass_more_words(caller, server, extras);
    caller.state = State::runnable;
}

// CALLER, in whose name the kernel called SERVER, gets the answer MESSAGE; somebody runs then.
inline void finish_call_of_kernel(Thread& caller, const Thread& server, const Message& message) {
    if (caller.state == State::awaits_pager) [[likely]]
        return finish_page_fault(caller, server, message.label, message.words[0], message.words[1]);
    if (caller.state == State::awaits_turn) {
        turns::give(caller);
        return schedule();
    }
    caller.state = State::runnable; // its handler lets it go on, with the registers that it has
    switch_to(caller);
}

// The end of reply_and_wait where something is there for SERVER, which receives: it is in line, and
// CALLER, if there is one, gets MESSAGE, unless it has it already.
void finish_reply_and_receive(Thread& server, Thread* caller, const Message& message);

// reply_and_wait. An answer to nobody is dropped: whom it was for was answered already, has ended,
// or never called.
[[gnu::always_inline]] inline void reply_and_wait(Thread& server, std::uint64_t token,
                                                  const Message& message, Thread::Extras extras) {
    Thread* const caller = find_caller(server, token);
    const bool called = caller != nullptr && caller->state == State::awaits_answer;
    server.extras = extras;
    if (called) [[likely]]
        answer(*caller, server, message, extras);
    server.partner = nullptr;
    server.state = State::receives;
    if (server.first_sender != nullptr || server.notices != 0) [[unlikely]]
        return finish_reply_and_receive(server, caller, copy_of(message));
    if (called) [[likely]]
        switch_to(*caller);
    else if (caller != nullptr)
        finish_call_of_kernel(*caller, server, message);
    else
        schedule();
}

// reply: the server goes on. no_process: nobody waits for it under TOKEN.
Result<void> reply(Thread& server, std::uint64_t token, const Message& message,
                   Thread::Extras extras);

// receive, from whom FROM names (abi/micro/ipc.hpp), for TICKS at most. would_block; no_process.
Result<void> receive(Thread& thread, std::uint64_t from, std::uint64_t ticks,
                     Thread::Extras extras);

// call with what FLAGS say: words, a window, a slot. invalid: the window wraps around; and what
// `call` says.
Result<void> call_with_flags(Thread& sender, CapSlot slot, const Message& message,
                             std::uint64_t flags);

// THREAD waits for nobody any more, nor for time.
void cancel(Thread& thread);

// ENDED is nobody's partner any more: who waited for it gets no_process.
void release_partners(Thread& ended);

} // namespace ipc
