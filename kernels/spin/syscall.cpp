// The road of a system call through the SPIN kernel: the event Trap.SystemCall.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: a handler in an extension, chosen by its guards
// (extensions/unix/calls.cpp, with the station call_serve; call_wait is in waiting.cpp there), or
// the default, in core.cpp. The program's side is user/library/library.cpp.
#include "authority.hpp"
#include "core.hpp"
#include "schedule.hpp"

#include "arch/riscv/trap_frame.hpp"
#include "lib/two_words.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

TwoWords words_of(spin::StrandReference strand, spin::SystemCallHandler handler) {
    return TwoWords{reinterpret_cast<std::uint64_t>(handler)} << 64 | strand.raw();
}

} // namespace

// entry.S calls them one after the other, and the handler between them. They keep no frame pointer,
// of which a debugger has no need here.
extern "C" {

// What is asked, and who is to answer? The program will go on behind its ecall, or on it again, if
// the handler breaks (fall.cpp). Two words, for entry.S: the strand; the handler, where one has no
// guard, else 0. The words of the call lie in FRAME.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] TwoWords call_receive(TrapFrame& frame) {
    Strand& strand = running_strand();
    csr::allow_interrupts();
    frame.pc += ECALL_BYTES;
    strand.is_in_call = true;
    return words_of(strand.reference, strand.space->events.system_call.sole_handler());
}

// The same where guards decide, or the default answers.
TwoWords call_choose(TrapFrame& frame) {
    const Strand& strand = running_strand();
    const spin::CallWords words(&frame.x(reg::A0), spin::CallWords::extent);
    const auto* const binding = strand.space->events.system_call.choose({strand.reference, words});
    return words_of(strand.reference, binding != nullptr ? binding->handler : answer_core_call);
}

// The program finds ANSWER in a0. FRAME is the program's still, or that of the program that an exec
// has put into its place.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] void call_answer(TrapFrame& frame,
                                                                     std::uint64_t answer) {
    Strand& strand = running_strand();
    frame.x(reg::A0) = answer;
    strand.is_in_call = false;
    heed_notice(strand);
}

} // extern "C"

void take_back_call(Strand& strand) {
    if (strand.is_in_call)
        strand.frame->pc -= ECALL_BYTES;
    strand.is_in_call = false;
}
