// Trap: the event that a program's ecall raises.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../syscall.cpp. Names beside SPIN's (SOSP'95, table 2):
//   spin::SystemCall           the event Trap.SystemCall
//   trap_install_system_call   Dispatcher.InstallHandler, for that event
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include <array>

namespace spin {

// The program in CONTEXT executed ecall with NUMBER in a7 and ARGUMENTS in a0..a5.
struct SystemCall {
    TranslationContext context;
    std::uint64_t number;
    std::array<std::uint64_t, 6> arguments;
};
// Decides whether its handler is for CALL. Called often: it has no side effects.
using SystemCallGuard = bool (*)(const SystemCall& call);
// The result, as the program gets it.
using SystemCallHandler = Result<std::uint64_t> (*)(const SystemCall& call);

} // namespace spin

// HANDLER is called for those system calls of CONTEXT for which GUARD holds; for all, without a
// GUARD. not_permitted: the context is none; invalid: the handler or guard is no code of an
// extension; no_memory: no room for a handler.
extern "C" Result<void> trap_install_system_call(spin::TranslationContext context,
                                                 spin::SystemCallGuard guard,
                                                 spin::SystemCallHandler handler);
