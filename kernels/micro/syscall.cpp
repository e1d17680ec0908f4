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

#include "abi/errors.hpp"

namespace {

using abi::micro::Operation;

// As seL4's debug put char: a console without a driver.
Result<std::uint64_t> debug_write(const Thread& thread, VirtAddr source, std::uint64_t count) {
    TRY(print_from_user(thread.space, source, count));
    return 0;
}

// From nobody, so only the timeout ends it: wake_sleepers writes the result.
void receive(Thread& thread, std::uint64_t ticks) {
    thread.wake_at = timer::deadline_in(ticks);
    thread.state = Thread::State::sleeps;
    wake_sleepers(); // arms the timer; a timeout of 0 has passed already
    schedule();
}

void set_result(Thread& thread, const Result<std::uint64_t>& result) {
    thread.frame.x(reg::A0) = abi::to_register(result);
}

// All but IPC with a partner.
[[gnu::noinline]] void other_operation(Thread& thread, Operation operation, std::uint64_t first,
                                       std::uint64_t second) {
    switch (operation) {
    case Operation::receive:
        return receive(thread, first);
    case Operation::exit:
        end_thread(thread, first);
    case Operation::debug_write:
        return set_result(thread, debug_write(thread, VirtAddr(first), second));
    case Operation::clock:
        return set_result(thread, timer::now());
    case Operation::call:
    case Operation::reply_and_wait:
        break;
    }
    set_result(thread, std::unexpected(Error::invalid));
}

} // namespace

void on_message(std::uint64_t label, std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                std::uint64_t word3, std::uint64_t word4, std::uint64_t slot,
                std::uint64_t operation) {
    Thread& thread = running_thread();
    const ipc::Message message{label, {word0, word1, word2, word3, word4}};
    switch (static_cast<Operation>(operation)) {
    case Operation::call: {
        const Result<void> sent = ipc::call(thread, CapSlot(slot), message);
        if (!sent) [[unlikely]]
            set_result(thread, std::unexpected(sent.error()));
        return;
    }
    case Operation::reply_and_wait:
        return ipc::reply_and_wait(thread, message);
    default:
        return other_operation(thread, static_cast<Operation>(operation), label, word0);
    }
}
