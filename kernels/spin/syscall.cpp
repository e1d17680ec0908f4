// Trap.SystemCall: from an ecall to whoever handles it.
// SPDX-License-Identifier: MIT
//
// Before: on_syscall in entry.cpp. Next: a handler in an extension, chosen by its guards, or the
// default, in core.cpp. The program's side is user/library/library.cpp.
#include "syscall.hpp"

#include "authority.hpp"
#include "core.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

Result<std::uint64_t> raise(const Space& space, const spin::SystemCall& call) {
    const auto* const binding = space.events.system_call.choose(call);
    return binding != nullptr ? binding->handler(call) : answer_core_call(call);
}

} // namespace

// The pc moves on only when there is an answer: until then the call can be raised afresh.
void raise_system_call(TrapFrame& frame) {
    Space& space = *running_strand().space;
    frame.x(reg::A0) =
        to_abi(raise(space, {
                                .context = space.reference(),
                                .number = frame.x(reg::A7),
                                .arguments = {frame.x(reg::A0), frame.x(reg::A1), frame.x(reg::A2),
                                              frame.x(reg::A3), frame.x(reg::A4), frame.x(reg::A5)},
                            }));
    frame.pc += ECALL_BYTES;
}
