// The core services' handler of Trap.SystemCall: exit, write, sleep, uptime.
// SPDX-License-Identifier: MIT
//
// It is installed like any other, with a guard on the call's number, but imposes nothing on itself:
// it serves every program. Before: raise_system_call in syscall.cpp.
#include "core.hpp"

#include "authority.hpp"
#include "schedule.hpp"

#include "abi/calls/system_calls.hpp"

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

bool is_core_call(const spin::SystemCall& call) {
    switch (static_cast<SystemCall>(call.number)) {
    case SystemCall::exit:
    case SystemCall::write:
    case SystemCall::sleep:
    case SystemCall::uptime:
        return true;
    default:
        return false;
    }
}

Result<std::uint64_t> handle_core_call(const spin::SystemCall& call) {
    const auto& [first, second, third] = call.arguments;
    switch (static_cast<SystemCall>(call.number)) {
    case SystemCall::exit:
        end_program(first);
    case SystemCall::write:
        return write(Space::of(call.context), first, VirtAddr(second), third);
    case SystemCall::sleep:
        return sleep(first);
    case SystemCall::uptime:
        return timer::now();
    default:
        return std::unexpected(Error::invalid);
    }
}

} // namespace

void install_core_services() {
    // It is the first one, so there is room.
    MUST(kernel.events.system_call.install({
        .domain = &kernel.core,
        .only = std::nullopt,
        .guard = is_core_call,
        .handler = handle_core_call,
    }));
}
