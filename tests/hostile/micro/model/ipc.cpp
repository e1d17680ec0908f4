// The model's messages: who waits for whom, and what each finds in its registers.
// SPDX-License-Identifier: MIT
#include "registers.hpp"

#include <algorithm>

namespace model {

namespace {

namespace micro = abi::micro;
using State = Thread::State;
using From = Thread::From;

void set_message(Thread& thread, const Message& message) {
    thread.registers[reg::A0] = message.label;
    std::ranges::copy(message.words, thread.registers.begin() + reg::A1);
    if (message.is_long && thread.takes_more)
        std::ranges::copy(message.more, thread.registers.begin() + reg::S2);
    thread.known = KEPT | bits(reg::A0, reg::A5);
    thread.state = State::runs;
}

Message message_of(const Thread& thread) {
    Message message;
    message.label = thread.registers[reg::A0];
    std::copy_n(thread.registers.begin() + reg::A1, 5, message.words.begin());
    std::copy_n(thread.registers.begin() + reg::S2, 5, message.more.begin());
    message.is_long = (thread.registers[reg::A7] & micro::LONG) != 0;
    return message;
}

bool is_long(const Thread& thread) { return (thread.registers[reg::A7] & micro::LONG) != 0; }

} // namespace

unsigned Model::thread_of(std::uint64_t token) const {
    for (unsigned i = 0; i < threads.size(); ++i)
        if (threads[i].state != State::none && threads[i].token == token && token != 0)
            return i;
    return NONE;
}

unsigned Model::caller_of(unsigned server, std::uint64_t token) const {
    const unsigned caller = thread_of(token);
    if (caller == NONE)
        return NONE;
    const Thread& thread = threads[caller];
    return thread.state == State::awaits && thread.partner == server ? caller : NONE;
}

// TO gets what FROM has pending, and FROM waits for the answer.
void Model::deliver(unsigned to, unsigned from) {
    Thread& receiver = threads[to];
    Thread& sender = threads[from];
    sender.state = State::awaits;
    set_message(receiver, sender.pending);
    receiver.registers[reg::A6] = sender.token;
    receiver.registers[reg::A7] = sender.badge;
    receiver.known |= bits(reg::A6, reg::A7);
    if (sender.is_in_handler)
        receiver.known &= ~bit(reg::A2); // stval of an ebreak is the machine's to choose
    receiver.token_of = sender.token == 0 ? from : NONE;
}

void Model::deliver_notices(unsigned to) {
    Thread& thread = threads[to];
    set_message(thread, {micro::label::NOTICES_CAME, {thread.notices}, {}, false});
    thread.registers[reg::A6] = micro::NOBODY;
    thread.registers[reg::A7] = 0;
    thread.known |= bits(reg::A6, reg::A7);
    thread.notices = 0;
}

// WHO receives: notices first, then the first sender whom it takes.
bool Model::take(unsigned who) {
    Thread& thread = threads[who];
    if (thread.notices != 0 && (thread.from == From::anybody || thread.from == From::notices)) {
        deliver_notices(who);
        return true;
    }
    for (unsigned i = 0; i < thread.sender_count; ++i) {
        const unsigned sender = thread.senders[i];
        const bool is_taken =
            thread.from == From::anybody || (thread.from == From::one && thread.partner == sender);
        if (!is_taken)
            continue;
        leave_queue(sender);
        deliver(who, sender);
        return true;
    }
    return false;
}

void Model::take_or_wait(unsigned who) {
    threads[who].state = State::receives;
    take(who);
}

void Model::leave_queue(unsigned who) {
    Thread& receiver = threads[threads[who].partner];
    auto* const end = receiver.senders.begin() + receiver.sender_count;
    std::remove(receiver.senders.begin(), end, who);
    receiver.sender_count -= 1;
}

void Model::send(unsigned who, const Capability& to, const Message& message, const Shown& shown) {
    Thread& sender = threads[who];
    Thread& receiver = threads[to.object.index];
    sender.pending = message;
    sender.badge = to.badge;
    sender.shown = shown;
    sender.partner = to.object.index;
    sender.takes_more = message.is_long;
    sender.state = State::sends;
    receiver.senders[receiver.sender_count++] = who;
    if (receiver.state == State::receives)
        take(to.object.index);
}

Result<void> Model::call(unsigned who) {
    Thread& thread = threads[who];
    const std::uint64_t flags = thread.registers[reg::A7];
    const Message message = message_of(thread);
    Shown shown;
    shown.is_whole = (flags & micro::WHOLE) != 0;
    shown.is_readable = (flags & micro::READABLE) != 0;
    shown.is_writable = (flags & micro::WRITABLE) != 0;
    shown.is_window = shown.is_whole || shown.is_readable || shown.is_writable;
    if (shown.is_window && !shown.is_whole) {
        shown.is_passed_on = (flags & micro::PASSED_ON) != 0;
        shown.start = message.words[3];
        shown.bytes = message.words[4];
        shown.owner = message.words[2];
        if (shown.start + shown.bytes < shown.start)
            return std::unexpected(Error::invalid);
    }
    shown.accepts = (flags & micro::ACCEPTS) != 0;
    shown.slot = flags >> 16 & 0xffff;
    const Capability* const capability = held(who, thread.registers[reg::A6], right::SEND);
    if (capability == nullptr || micro::is_of_kernel(message.label))
        return std::unexpected(Error::not_permitted);
    if (is_stale(capability->object))
        return std::unexpected(Error::no_process);
    thread.is_in_handler = false;
    send(who, *capability, message, shown);
    return {};
}

// Whom SERVER's registers name as caller gets them as answer. False: nobody.
bool Model::answer(unsigned server) {
    const unsigned caller = caller_of(server, threads[server].registers[reg::A6]);
    if (caller == NONE)
        return false;
    Thread& thread = threads[caller];
    if (thread.is_in_handler)
        thread.state = State::runs; // with the registers that it has
    else
        set_message(thread, message_of(threads[server]));
    return true;
}

void Model::reply_and_wait(unsigned who) {
    Thread& thread = threads[who];
    answer(who);
    thread.takes_more = is_long(thread);
    thread.is_timed = false;
    thread.from = From::anybody;
    take_or_wait(who);
}

Result<void> Model::reply(unsigned who) {
    if (!answer(who))
        return std::unexpected(Error::no_process);
    set_result(threads[who], 0);
    return {};
}

Result<void> Model::receive(unsigned who) {
    Thread& thread = threads[who];
    const std::uint64_t from = thread.registers[reg::A0];
    const std::uint64_t ticks = thread.registers[reg::A1];
    thread.is_timed = ticks != micro::FOR_EVER;
    thread.takes_more = is_long(thread);
    thread.from = from == micro::ANYBODY   ? From::anybody
                  : from == micro::NOBODY  ? From::nobody
                  : from == micro::NOTICES ? From::notices
                                           : From::one;
    thread.partner = thread.from == From::one ? thread_of(from) : NONE;
    if (thread.from == From::one && thread.partner == NONE)
        return std::unexpected(Error::no_process);
    take_or_wait(who);
    if (thread.state == State::receives && ticks < world::LONG_TIME)
        return std::unexpected(Error::would_block);
    return {};
}

void Model::pass_time() {
    for (Thread& thread : threads)
        if (thread.state == State::receives && thread.is_timed)
            set_result(thread, abi::to_register(Error::would_block));
}

void Model::notify(unsigned to, std::uint64_t more) {
    Thread& thread = threads[to];
    thread.notices |= more;
    if (thread.state == State::receives)
        take(to);
}

void Model::cancel(unsigned who) {
    if (threads[who].state == State::sends)
        leave_queue(who);
    threads[who].partner = NONE;
}

} // namespace model
