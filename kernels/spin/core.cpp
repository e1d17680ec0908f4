// The core services' default handler of Trap.SystemCall: exit, write, sleep, uptime.
// SPDX-License-Identifier: MIT
//
// Before: on_syscall in syscall.cpp, where no handler's guard held: a wired program's call. The
// programs of UNIX never come here (extensions/unix/calls.cpp).
#include "core.hpp"

#include "authority.hpp"
#include "schedule.hpp"

#include "abi/calls/system_calls.hpp"
#include "abi/machine_exit.hpp"

namespace {

using abi::SystemCall;

bool is_console(std::uint64_t descriptor) { return descriptor == 1 || descriptor == 2; }

Result<std::uint64_t> write(const Space& space, std::uint64_t descriptor, VirtAddr source,
                            std::uint64_t count) {
    if (!is_console(descriptor))
        return std::unexpected(Error::bad_descriptor);
    TRY(print_from_user(space, source, count));
    return count;
}

std::uint64_t sleep(std::uint64_t ticks) {
    block_until(timer::deadline_in(ticks));
    return 0;
}

} // namespace

[[gnu::noipa]] Result<std::uint64_t> refuse_call() { return std::unexpected(Error::not_supported); }

std::uint64_t answer_core_call(spin::SystemCall call) {
    const std::uint64_t first = call.argument(0);
    switch (static_cast<SystemCall>(call.number())) {
    case SystemCall::exit:
        end_program(machine_exit::of_program(first));
    case SystemCall::write:
        return spin::to_word(
            write(*running_strand().space, first, VirtAddr(call.argument(1)), call.argument(2)));
    case SystemCall::sleep:
        return sleep(first);
    case SystemCall::uptime:
        return timer::now();
    default:
        return spin::to_word(refuse_call());
    }
}
