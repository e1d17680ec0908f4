// System calls of the monolithic kernel (abi/calls/system_calls.hpp): a number becomes a function.
// SPDX-License-Identifier: MIT
//
// Before: on_syscall in entry.cpp, into which this is compiled: a call that does nothing is to cost
// little more than its trap. Next: the function, in calls/. The program's side is
// user/library/library.cpp.
#pragma once

#include "calls/calls.hpp"
#include "kernel.hpp"

inline constexpr std::uint64_t ECALL_BYTES = 4;

// By number; numbers that mean nothing have call::unknown.
using SystemCallTable = std::array<SystemCallFunction*, 38>;
extern const SystemCallTable SYSTEM_CALLS;

// Carries out the call that PROCESS's registers, FRAME, ask for and puts the result where the
// program finds it.
inline void handle_system_call(Process& process, TrapFrame& frame) {
    frame.pc += ECALL_BYTES;
    const std::uint64_t number = frame.x(reg::A7);
    if (number >= SYSTEM_CALLS.size()) [[unlikely]] {
        frame.x(reg::A0) = Answer(std::unexpected(Error::invalid)).raw();
        return;
    }
    const Arguments arguments(&frame.x(reg::A0), Arguments::extent);
    const Answer answer = SYSTEM_CALLS[number](process, arguments);
    process.frame->x(reg::A0) = answer.raw(); // FRAME, without keeping it over the call
}
