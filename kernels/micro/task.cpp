// How threads begin and end, and whom their troubles are told.
// SPDX-License-Identifier: MIT
//
// Before: objects::create_thread (threads.cpp); entry.cpp and fault.cpp, with a thread that cannot
// go on. Next: its handler, by a message; or nobody.
#include "task.hpp"

#include "devices.hpp"
#include "ipc.hpp"
#include "kernel.hpp"
#include "turns.hpp"

#include "abi/micro/objects.hpp"
#include "arch/riscv/console.hpp"
#include "lib/exception.hpp"
#include "lib/print.hpp"
#include "services/exec/report.hpp"

namespace {

namespace label = abi::micro::label;

// While it waits for its handler, all of its memory is a window. False: it has no handler.
bool tell_handler(Thread& thread, const ipc::Message& message) {
    const Capability* const handler =
        find_capability(thread, abi::micro::HANDLER, CapRights::send());
    if (handler == nullptr || handler->receiver->token != handler->token)
        return false;
    ipc::send_quietly(thread, *handler, message, Thread::State::awaits_handler,
                      Thread::WINDOW | Thread::WHOLE);
    return true;
}

void drop_capabilities(Thread& thread) {
    for (Thread*& creator : kernel.creators)
        if (creator == &thread)
            creator = nullptr;
    thread.capabilities = {};
}

} // namespace

void begin_thread(Thread& thread) {
    const std::uint64_t token = thread.token;
    const bool is_in_line = thread.is_in_line; // lazily, from the one before
    Thread* const next_in_line = thread.next_in_line;
    thread = Thread{};
    thread.token = token;
    thread.is_in_line = is_in_line;
    thread.next_in_line = next_in_line;
    thread.state = Thread::State::stopped;
    thread.space = &kernel.no_space;
    thread.capabilities = thread.few;
    thread.frame.hart = &kernel.hart_area.hart;
}

void end_thread(Thread& thread) {
    // First, so that it is nobody's handler any more: who is released must not be sent to it.
    thread.token += Thread::NUMBER_BITS + 1;
    turns::take(thread);
    turns::release(thread);
    ipc::release_partners(thread);
    release_interrupt(thread);
    drop_capabilities(thread);
    kernel.frames.inherit_tables(thread, kernel.threads[0]);
    if (kernel.turn_of == &thread)
        kernel.turn_of = nullptr;
    thread.state = Thread::State::unused;
    thread.space = &kernel.no_space;
}

void deliver_fault(Thread& thread, Error why) {
    const Fault& fault = thread.fault;
    if (tell_handler(
            thread, {label::FAULT_REFUSED,
                     {fault.address.raw(), fault.pc.raw(), static_cast<std::uint64_t>(fault.access),
                      static_cast<std::uint64_t>(-abi::to_number(why))}}))
        return;
    Console console;
    exec::report_fault(console, thread.name, fault, why);
    end_thread(thread);
}

void deliver_exception(Thread& thread, std::uint64_t cause, std::uint64_t value) {
    if (tell_handler(thread, {label::EXCEPTION, {cause, value, thread.frame.pc}}))
        return;
    Console console;
    exec::report_exception(console, thread.name, exception::in_words(cause),
                           VirtAddr(thread.frame.pc), value);
    end_thread(thread);
}

void deliver_exit(Thread& thread, std::uint64_t status) {
    if (tell_handler(thread, {label::EXITED, {status}}))
        return;
    Console console;
    print(console, "server '", thread.name, "' ended itself with status ", status, "\n");
    end_thread(thread);
}
