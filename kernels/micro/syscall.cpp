// The system calls: two of IPC, and what has no server yet.
// SPDX-License-Identifier: MIT
//
// Before: trap_vector in entry.S, step 3. An ecall came here as if it were a call of this function:
// its arguments are the thread's registers a0..a7 as they were (abi/micro/ipc.hpp), and the short
// paths of ipc/l4/ipc.hpp are inlined, so a message goes from the sender's registers to the
// receiver's. Next: trap_return, with whoever runs then.
#include "syscall.hpp"

#include "authority.hpp"
#include "ipc.hpp"
#include "kernel.hpp"
#include "windows.hpp"

#include "abi/errors.hpp"

namespace {

using abi::micro::Operation;

// As seL4's debug put char: a console without a driver.
Result<std::uint64_t> debug_write(const Thread& thread, VirtAddr source, std::uint64_t count) {
    TRY(print_from_user(thread.space, source, count));
    return 0;
}

void set_result(Thread& thread, const Result<std::uint64_t>& result) {
    thread.frame.x(reg::A0) = abi::to_register(result);
}

// A result, where the operation has failed; else it has put its own where it belongs.
void set_failure(Thread& thread, const Result<void>& result) {
    if (!result) [[unlikely]]
        set_result(thread, std::unexpected(result.error()));
}

Result<std::uint64_t> zero(const Result<void>& result) {
    TRY(result);
    return 0;
}

Result<std::uint64_t> copy(const Thread& thread, const ipc::Message& arguments,
                           windows::Direction direction) {
    const auto& [offset, own, bytes, unused, unused_too] = arguments.words;
    return windows::copy(thread, arguments.label, {offset, VirtAddr(own), bytes}, direction);
}

void exit(Thread& thread, std::uint64_t status) {
    end_thread(thread, status);
    schedule();
}

// All but the short paths; OPERATION with its flags.
[[gnu::noinline]] void other_operation(Thread& thread, std::uint64_t operation,
                                       const ipc::Message& message, std::uint64_t partner) {
    constexpr std::uint64_t FLAGS = abi::micro::LONG | abi::micro::READABLE | abi::micro::WRITABLE;
    if ((operation & ~(FLAGS | abi::micro::OPERATION_BITS)) != 0)
        return set_result(thread, std::unexpected(Error::invalid));
    const Thread::Extras extras = (operation & abi::micro::LONG) != 0 ? Thread::MORE_WORDS : 0;
    switch (static_cast<Operation>(operation & abi::micro::OPERATION_BITS)) {
    case Operation::call:
        return set_failure(thread,
                           ipc::call_with_window(thread, CapSlot(partner), message, operation));
    case Operation::reply:
        return set_result(thread, zero(ipc::reply(thread, partner, message, extras)));
    case Operation::receive:
        return set_failure(thread, ipc::receive(thread, message.label, message.words[0], extras));
    case Operation::exit:
        return exit(thread, message.label);
    case Operation::copy_in:
        return set_result(thread, copy(thread, message, windows::Direction::in));
    case Operation::copy_out:
        return set_result(thread, copy(thread, message, windows::Direction::out));
    case Operation::debug_write:
        return set_result(thread, debug_write(thread, VirtAddr(message.label), message.words[0]));
    case Operation::clock:
        return set_result(thread, timer::now());
    case Operation::reply_and_wait: // with a flag that it does not have
        break;
    }
    set_result(thread, std::unexpected(Error::invalid));
}

} // namespace

void on_message(std::uint64_t label, std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                std::uint64_t word3, std::uint64_t word4, std::uint64_t partner,
                std::uint64_t operation) {
    Thread& thread = running_thread();
    constexpr auto CALL = static_cast<std::uint64_t>(Operation::call);
    constexpr auto REPLY_AND_WAIT = static_cast<std::uint64_t>(Operation::reply_and_wait);
    const ipc::Message message{label, {word0, word1, word2, word3, word4}};
    switch (operation) {
    case CALL:
        return set_failure(thread, ipc::call(thread, CapSlot(partner), message, 0));
    case REPLY_AND_WAIT:
        return ipc::reply_and_wait(thread, partner, message, 0);
    case CALL | abi::micro::LONG:
        return set_failure(thread,
                           ipc::call(thread, CapSlot(partner), message, Thread::MORE_WORDS));
    case REPLY_AND_WAIT | abi::micro::LONG:
        return ipc::reply_and_wait(thread, partner, message, Thread::MORE_WORDS);
    default:
        return other_operation(thread, operation, {label, message.words}, partner);
    }
}
