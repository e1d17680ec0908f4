// The road of a system call through the SPIN kernel: the event Trap.SystemCall.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: a handler in an extension, chosen by its guards
// (extensions/unix/calls.cpp, with the stations call_serve and call_wait), or the default, in
// core.cpp. The program's side is user/library/library.cpp.
#include "authority.hpp"
#include "core.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

} // namespace

extern "C" {

// What is asked? The words lie in FRAME already; the program will go on behind its ecall, or on it
// again, if the handler breaks (fall.cpp).
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] spin::SystemCall
call_receive(Strand& strand, TrapFrame& frame) {
    frame.pc += ECALL_BYTES;
    strand.is_in_call = true;
    return {.context = strand.space->reference(),
            .words = spin::CallWords(&frame.x(reg::A0), spin::CallWords::extent)};
}

// The program finds the answer in a0. FRAME is the program's still, or that of the program that an
// exec has put into its place.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] void
call_answer(Strand& strand, TrapFrame& frame, std::uint64_t answer) {
    frame.x(reg::A0) = answer;
    strand.is_in_call = false;
}

} // extern "C"

void take_back_call(Strand& strand) {
    if (strand.is_in_call)
        strand.frame->pc -= ECALL_BYTES;
    strand.is_in_call = false;
}

// An upcall of the HAL.
void on_syscall(TrapFrame& frame) {
    Strand& strand = running_strand();
    const spin::SystemCall call = call_receive(strand, frame);
    const auto* const binding = strand.space->events.system_call.choose(call);
    call_answer(strand, frame,
                binding != nullptr ? binding->handler(call) : answer_core_call(call));
    heed_notice(strand);
}
