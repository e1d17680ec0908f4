// Trap.SystemCall: from an ecall to whoever handles it.
// SPDX-License-Identifier: MIT
//
// Before: on_syscall in entry.cpp. Next: a handler, in core.cpp or in an extension, chosen by its
// guards. The program's side is user/library/library.cpp.
#include "syscall.hpp"

#include "authority.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

Result<std::uint64_t> raise(const spin::SystemCall& call) {
    const Domain*& running = this_spin_hart().domain;
    Result<std::uint64_t> answer = kernel.events.system_call.choose(call, running).handler(call);
    running = nullptr;
    return answer;
}

} // namespace

void raise_system_call(TrapFrame& frame) {
    frame.pc += ECALL_BYTES;
    frame.x(reg::A0) = to_abi(raise({
        .context = running_strand().space.context(),
        .number = frame.x(reg::A7),
        .arguments = {frame.x(reg::A0), frame.x(reg::A1), frame.x(reg::A2)},
    }));
}
