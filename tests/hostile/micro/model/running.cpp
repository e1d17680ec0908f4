// How threads of the model run: an ecall, the exception after it, and their ends.
// SPDX-License-Identifier: MIT
#include "registers.hpp"

namespace model {

namespace {

namespace micro = abi::micro;
using State = Thread::State;
using From = Thread::From;

constexpr std::uint64_t BREAKPOINT = 3; // scause

} // namespace

// Who waits for ENDED gets an error.
void Model::end(unsigned ended) {
    cancel(ended);
    Thread& thread = threads[ended];
    const std::uint64_t serial = thread.serial;
    threads[world::DIRECTOR].free_tables += thread.free_tables;
    for (unsigned i = 0; i < thread.given_count; ++i)
        is_lost[thread.given[i].frame] = true;
    thread = Thread{};
    thread.serial = serial;
    for (unsigned i = 0; i < threads.size(); ++i) {
        Thread& other = threads[i];
        const bool waits = other.state == State::sends || other.state == State::awaits ||
                           (other.state == State::receives && other.from == From::one);
        if (!waits || other.partner != ended)
            continue;
        if (other.is_in_handler && other.state != State::receives)
            end(i); // nobody is left who could let it go on
        else
            set_result(other, abi::to_register(Error::no_process));
    }
}

// Its handler is told of an exception, or of its exit.
void Model::except(unsigned who) {
    Thread& thread = threads[who];
    if (world::is_puppet(who)) {
        thread.state = State::reported;
        thread.reports += 1;
        return;
    }
    const Capability& handler = thread.capabilities[micro::HANDLER.raw()];
    if (is_stale(handler.object))
        return end(who);
    thread.is_in_handler = true;
    Shown shown;
    shown.is_window = shown.is_whole = true;
    Message message{micro::label::EXCEPTION, {BREAKPOINT, 0, world::EBREAK}, {}, false};
    if (thread.space == NONE) // it was taken out of its space while it waited
        message = {micro::label::FAULT_REFUSED,
                   {world::EBREAK, world::EBREAK, static_cast<std::uint64_t>(Access::fetch),
                    abi::PERMISSION},
                   {},
                   false};
    send(who, handler, message, shown);
}

void Model::settle() {
    for (bool is_quiet = false; !is_quiet;) {
        is_quiet = true;
        for (unsigned i = 0; i < threads.size(); ++i) {
            if (threads[i].state != State::runs)
                continue;
            is_quiet = false;
            if (threads[i].loads_name && !threads[i].has_exited)
                threads[i].registers[reg::S11] = name_of(threads[i].space);
            except(i);
        }
    }
}

void Model::execute(unsigned who) {
    Thread& thread = threads[who];
    thread.token_of = NONE;
    thread.has_exited = false;
    unforeseen_count = touched_count = 0;
    took_table = false;
    constexpr std::uint64_t FLAGS = micro::LONG | micro::READABLE | micro::WRITABLE | micro::WHOLE |
                                    micro::PASSED_ON | micro::ACCEPTS | 0xffffULL << 16;
    const std::uint64_t operation = thread.registers[reg::A7];
    Result<void> waits;
    if ((operation & ~(FLAGS | micro::OPERATION_BITS)) != 0)
        return set_result(thread, abi::to_register(Error::invalid));
    switch (static_cast<micro::Operation>(operation & micro::OPERATION_BITS)) {
    case micro::Operation::call:
        waits = call(who);
        break;
    case micro::Operation::reply_and_wait:
        return reply_and_wait(who);
    case micro::Operation::reply:
        waits = reply(who);
        break;
    case micro::Operation::receive:
        waits = receive(who);
        break;
    case micro::Operation::exit:
        thread.has_exited = true;
        thread.exit_status = thread.registers[reg::A0];
        thread.known = KEPT;
        thread.state = State::runs;
        return;
    default: {
        const Result<std::uint64_t> result = operate(who);
        set_result(thread, abi::to_register(result));
        if (took_table)
            thread.known = KEPT; // learn_table
        return;
    }
    }
    if (!waits)
        set_result(thread, abi::to_register(waits.error()));
}

} // namespace model
