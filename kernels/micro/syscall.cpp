// The system calls: two of IPC, and what has no server yet.
// SPDX-License-Identifier: MIT
//
// Before: trap_vector in entry.S, step 3. An ecall came here as if it were a call of this function:
// its arguments are the thread's registers a0..a7 as they were (abi/micro/ipc.hpp), and the short
// paths of ipc/l4/ipc.hpp are inlined, so a message goes from the sender's registers to the
// receiver's. Next: trap_return, with whoever runs then.
#include "syscall.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "ipc.hpp"
#include "kernel.hpp"
#include "objects.hpp"
#include "windows.hpp"

#include "abi/errors.hpp"
#include "arch/riscv/machine.hpp"

namespace {

using abi::micro::Operation;

constexpr auto CALL = static_cast<std::uint64_t>(Operation::call);
constexpr auto REPLY_AND_WAIT = static_cast<std::uint64_t>(Operation::reply_and_wait);

// As seL4's debug put char: a console without a driver.
Result<std::uint64_t> debug_write(const Thread& thread, VirtAddr source, std::uint64_t count) {
    TRY(print_from_user(*thread.space, source, count));
    return 0;
}

void set_result(Thread& thread, const Result<std::uint64_t>& result) {
    thread.frame.x(reg::A0) = abi::to_register(result);
}

// A result, where the operation has failed; else it has put its own where it belongs.
[[gnu::always_inline]] inline void set_failure(Thread& thread, const Result<void>& result) {
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

Result<std::uint64_t> reach(const Thread& thread, const ipc::Message& arguments) {
    const auto& [offset, bytes, access, unused, unused_too] = arguments.words;
    if (!is_access(access))
        return std::unexpected(Error::invalid);
    return windows::reach(thread, arguments.label, offset, bytes, static_cast<Access>(access));
}

void exit(Thread& thread, std::uint64_t status) {
    deliver_exit(thread, status);
    schedule();
}

Result<std::uint64_t> bind(Thread& thread, std::uint64_t source, std::uint64_t bit) {
    if (!may(thread, abi::micro::right::INTERRUPTS))
        return std::unexpected(Error::not_permitted);
    TRY(bind_interrupt(thread, source, bit));
    return 0;
}

Result<std::uint64_t> end(const Thread& thread, std::uint64_t status) {
    if (!may(thread, abi::micro::right::END))
        return std::unexpected(Error::not_permitted);
    end_machine(static_cast<std::uint8_t>(status));
}

// Operations with a result that comes at once (abi/micro/objects.hpp). FIRST is a slot for most.
Result<std::uint64_t> operate(Thread& thread, Operation operation, std::uint64_t first,
                              const std::array<std::uint64_t, 5>& words) {
    const CapSlot slot(first);
    const auto& [second, third, fourth, fifth, unused] = words;
    switch (operation) {
    case Operation::copy_in:
        return copy(thread, {first, words}, windows::Direction::in);
    case Operation::copy_out:
        return copy(thread, {first, words}, windows::Direction::out);
    case Operation::reach:
        return reach(thread, {first, words});
    case Operation::debug_write:
        return debug_write(thread, VirtAddr(first), second);
    case Operation::clock:
        return timer::now();
    case Operation::notify:
        return objects::notify(thread, slot, second);
    case Operation::give:
        return objects::give(thread, first, CapSlot(second), third);
    case Operation::create_space:
        return objects::create_space(thread, slot);
    case Operation::destroy_space:
        return objects::destroy_space(thread, slot);
    case Operation::change_space:
        return objects::change_space(thread, slot, VirtAddr(second), third);
    case Operation::set_pager:
        return objects::set_pager(thread, slot, {VirtAddr(second), VirtAddr(third), fourth, fifth});
    case Operation::count_tables:
        return objects::count_tables(thread, slot);
    case Operation::give_table:
        return objects::give_table(thread, VirtAddr(first));
    case Operation::take_table:
        return objects::take_table(thread);
    case Operation::create_thread:
        return objects::create_thread(thread, slot, second, third);
    case Operation::destroy_thread:
        return objects::destroy_thread(thread, slot);
    case Operation::set_space:
        return objects::set_space(thread, slot, second);
    case Operation::read_registers:
        return objects::read_registers(thread, slot, VirtAddr(second));
    case Operation::write_registers:
        return objects::write_registers(thread, slot, VirtAddr(second));
    case Operation::give_to_thread:
        return objects::give_to_thread(thread, slot, CapSlot(second),
                                       {CapSlot(third), fourth, fifth});
    case Operation::name_thread:
        return objects::name_thread(thread, slot, VirtAddr(second), third);
    case Operation::describe_thread:
        return objects::describe_thread(thread, slot, VirtAddr(second));
    case Operation::map_memory:
        return objects::map_memory(thread, slot, second, third, fourth);
    case Operation::bind_interrupt:
        return bind(thread, first, second);
    case Operation::pin:
        return is_access(third) ? objects::pin(thread, first, second, static_cast<Access>(third))
                                : Result<std::uint64_t>(std::unexpected(Error::invalid));
    case Operation::unpin:
        unpin_all(thread.token);
        return 0;
    case Operation::end_machine:
        return end(thread, first);
    case Operation::set_scheduler:
        return objects::set_scheduler(thread, slot, second, third, fourth);
    case Operation::end_turn:
        return objects::end_turn(thread, first);
    case Operation::use_of:
        return objects::use_of(thread, first);
    default:
        return std::unexpected(Error::invalid);
    }
}

// All but the short paths; OPERATION with its flags.
[[gnu::noinline]] void other_operation(Thread& thread, std::uint64_t operation,
                                       const ipc::Message& message, std::uint64_t partner) {
    namespace micro = abi::micro;
    constexpr std::uint64_t FLAGS = micro::LONG | micro::READABLE | micro::WRITABLE | micro::WHOLE |
                                    micro::PASSED_ON | micro::accepts(0xffff);
    if ((operation & ~(FLAGS | micro::OPERATION_BITS)) != 0)
        return set_result(thread, std::unexpected(Error::invalid));
    const Thread::Extras extras = (operation & micro::LONG) != 0 ? Thread::MORE_WORDS : 0;
    switch (static_cast<Operation>(operation & micro::OPERATION_BITS)) {
    case Operation::call:
        return set_failure(thread,
                           ipc::call_with_flags(thread, CapSlot(partner), message, operation));
    case Operation::reply_and_wait:
        return ipc::reply_and_wait(thread, partner, message, extras);
    case Operation::reply:
        return set_result(thread, zero(ipc::reply(thread, partner, message, extras)));
    case Operation::receive:
        return set_failure(thread, ipc::receive(thread, message.label, message.words[0], extras));
    case Operation::exit:
        return exit(thread, message.label);
    default:
        set_result(thread, operate(thread, static_cast<Operation>(operation), message.label,
                                   message.words));
        give_way(); // to whom that woke, if it is more urgent
    }
}

// With ten words: as on_message.
[[gnu::noinline]] void on_long_message(std::uint64_t label, std::uint64_t word0,
                                       std::uint64_t word1, std::uint64_t word2,
                                       std::uint64_t word3, std::uint64_t word4,
                                       std::uint64_t partner, std::uint64_t operation) {
    Thread& thread = running_thread();
    const ipc::Message message{label, {word0, word1, word2, word3, word4}};
    if (operation == (REPLY_AND_WAIT | abi::micro::LONG))
        return ipc::reply_and_wait(thread, partner, message, Thread::MORE_WORDS);
    if (operation == (CALL | abi::micro::LONG))
        return set_failure(thread,
                           ipc::call(thread, CapSlot(partner), message, Thread::MORE_WORDS));
    other_operation(thread, operation, {label, message.words}, partner);
}

} // namespace

void on_message(std::uint64_t label, std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                std::uint64_t word3, std::uint64_t word4, std::uint64_t partner,
                std::uint64_t operation) {
    Thread& thread = running_thread();
    const ipc::Message message{label, {word0, word1, word2, word3, word4}};
    // The likeliest first; a switch would ask in an order of its own.
    if (operation == (CALL | abi::micro::SYSTEM_CALL))
        return set_failure(
            thread, ipc::call(thread, CapSlot(partner), message, Thread::WINDOW | Thread::WHOLE));
    if (operation == REPLY_AND_WAIT)
        return ipc::reply_and_wait(thread, partner, message, 0);
    if (operation == CALL)
        return set_failure(thread, ipc::call(thread, CapSlot(partner), message, 0));
    on_long_message(label, word0, word1, word2, word3, word4, partner, operation);
}
