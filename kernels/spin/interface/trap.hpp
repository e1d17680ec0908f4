// Trap: the events that a program's ecall raises, and what else it traps by.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../syscall.cpp and ../fault.cpp. Names beside SPIN's (SOSP'95,
// table 2):
//   spin::SystemCall           the event Trap.SystemCall
//   spin::Exception            - (SPIN's other traps)
//   trap_install_system_call   Dispatcher.InstallHandler, for the first event
//   trap_install_exception     the same for the second
#pragma once

#include "kernels/spin/interface/strand.hpp"

#include "abi/errors.hpp"

#include <array>
#include <span>

namespace spin {

// The eight words of a call, a0 to a7: they lie where the program's registers are kept, and stay
// there until the call is answered.
//   0..5 arguments    6 nobody's: for whoever serves the call    7 number
using CallWords = std::span<std::uint64_t, 8>;

// STRAND's program executed ecall with WORDS in a0..a7. Two registers, and so handed over by value.
struct SystemCall {
    StrandReference strand;
    CallWords words;

    std::uint64_t number() const { return words[7]; }
    std::uint64_t argument(std::size_t index) const { return words[index]; }
};
// Decides whether its handler is for CALL. Called often: it has no side effects.
using SystemCallGuard = bool (*)(const SystemCall& call);
// The word that the program finds in a0. It goes on behind its ecall, or where its registers were
// set to meanwhile (strand_set_registers).
using SystemCallHandler = std::uint64_t (*)(SystemCall call);

// RESULT as programs get it: a value, or an error's number.
constexpr std::uint64_t to_word(const Result<std::uint64_t>& result) {
    return result ? *result : static_cast<std::uint64_t>(abi::to_number(result.error()));
}

// The program in CONTEXT executed at PC what the machine does not: CAUSE and VALUE are scause and
// stval (RISC-V Privileged Architecture, 4.1.8 and 4.1.9).
struct Exception {
    TranslationContext context;
    std::uint64_t cause;
    std::uint64_t value;
    VirtAddr pc;
};
// After success the program goes on, an error ends it.
using ExceptionHandler = Result<void> (*)(const Exception& event);

} // namespace spin

extern "C" {

// HANDLER is called for those system calls of CONTEXT for which GUARD holds; for all, without a
// GUARD. not_permitted: the context is none; invalid: the handler or guard is no code of an
// extension; no_memory: no room for a handler.
Result<void> trap_install_system_call(spin::TranslationContext context, spin::SystemCallGuard guard,
                                      spin::SystemCallHandler handler);

// HANDLER is called for CONTEXT's exceptions but page faults and ecall. The same.
Result<void> trap_install_exception(spin::TranslationContext context,
                                    spin::ExceptionHandler handler);
}

namespace spin {

// HANDLER is called for all system calls of CONTEXT.
inline Result<void> install_system_call(TranslationContext context, SystemCallHandler handler) {
    return trap_install_system_call(context, nullptr, handler);
}

} // namespace spin
