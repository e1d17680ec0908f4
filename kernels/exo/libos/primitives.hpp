// The primitives as functions, and the environment page: all that is known of the kernel.
// SPDX-License-Identifier: MIT
//
// Next: trap_vector in ../entry.S.
#pragma once

#include "abi/errors.hpp"
#include "abi/exo/environment.hpp"
#include "abi/exo/primitives.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"

namespace primitive {

using abi::exo::Capability;
using abi::exo::Primitive;
using abi::exo::ReturnRegisters;

// The kernel clears what a function call may clobber, and keeps the rest and ra.
inline ReturnRegisters call(Primitive number, std::uint64_t first = 0, std::uint64_t second = 0,
                            std::uint64_t third = 0) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(number);
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a7)
                 :
                 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a3", "a4", "a5", "a6", "memory");
    return {a0, a1};
}

inline Result<void> to_result(ReturnRegisters answer) {
    const auto number = static_cast<std::int64_t>(answer.first);
    if (number < 0) [[unlikely]]
        return std::unexpected(abi::to_error(number));
    return {};
}

// What each does, and its errors: abi/exo/primitives.hpp and ../authority.hpp.
inline Result<Capability> allocate(Frame frame) {
    const ReturnRegisters answer = call(Primitive::allocate, frame.number());
    TRY(to_result(answer));
    return Capability{answer.first, answer.second};
}
inline Result<void> bind(const Capability& capability, std::uint64_t slot) {
    return to_result(call(Primitive::bind, capability.name, capability.authenticator, slot));
}
inline Result<void> install(std::uint64_t slot, Page page, Rights rights, Access access) {
    return to_result(
        call(Primitive::install, slot, page.start().raw(),
             abi::exo::installed_for(rights.raw(), static_cast<std::uint64_t>(access))));
}
inline std::int64_t write_console(const void* bytes, std::uint64_t count) {
    const auto address = reinterpret_cast<std::uint64_t>(bytes);
    return static_cast<std::int64_t>(call(Primitive::write_console, address, count).first);
}
inline void set_exception_context(void (*entry)()) {
    call(Primitive::set_exception_context, reinterpret_cast<std::uint64_t>(entry));
}
inline std::int64_t sleep_until(std::uint64_t time) {
    return static_cast<std::int64_t>(call(Primitive::sleep_until, time).first);
}
[[noreturn]] inline void exit(std::uint64_t status) {
    call(Primitive::exit, status);
    __builtin_trap();
}
[[noreturn]] inline void end_by_fault() {
    call(Primitive::end_by_fault);
    __builtin_trap();
}

} // namespace primitive

// The machine's clock, which the kernel leaves readable: no call.
inline std::uint64_t read_time() {
    std::uint64_t value;
    asm volatile("rdtime %0" : "=r"(value));
    return value;
}

inline const abi::exo::EnvironmentPage& environment_page() {
    return *reinterpret_cast<const abi::exo::EnvironmentPage*>(EXO_ENVIRONMENT);
}
