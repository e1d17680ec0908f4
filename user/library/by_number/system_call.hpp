// One ecall: number in a7, arguments in a0 to a5, answer in a0.
// SPDX-License-Identifier: MIT
//
// The kernel keeps all registers but a0 and a6. Each form loads the registers that its call has,
// and no more: instructions are what is counted here. Next: trap_vector in the kernel's entry.S.
#pragma once

#include "abi/calls/system_calls.hpp"

#include <cstdint>

// An argument as the ABI passes it.
inline std::uint64_t number(std::int64_t value) { return static_cast<std::uint64_t>(value); }
inline std::uint64_t number(const void* address) {
    return reinterpret_cast<std::uint64_t>(address);
}

inline std::int64_t system_call(abi::SystemCall call) {
    register std::uint64_t a0 asm("a0");
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    asm volatile("ecall" : "=r"(a0) : "r"(a7) : "a6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    asm volatile("ecall" : "+r"(a0) : "r"(a7) : "a6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    asm volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a7) : "a6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                                std::uint64_t third) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    asm volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "a6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                                std::uint64_t third, std::uint64_t fourth, std::uint64_t fifth = 0,
                                std::uint64_t sixth = 0) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a3 asm("a3") = fourth;
    register std::uint64_t a4 asm("a4") = fifth;
    register std::uint64_t a5 asm("a5") = sixth;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    asm volatile("ecall"
                 : "+r"(a0)
                 : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
                 : "a6", "memory");
    return static_cast<std::int64_t>(a0);
}

// Any number, any six arguments. Nothing is stored, so this is not a fault of its own.
inline std::int64_t any_system_call(std::uint64_t number, const std::uint64_t* arguments) {
    return system_call(static_cast<abi::SystemCall>(number), arguments[0], arguments[1],
                       arguments[2], arguments[3], arguments[4], arguments[5]);
}

// Guest instructions of CALL, which has no argument: of its ecall alone.
inline std::uint64_t count_call(abi::SystemCall call) {
    register std::uint64_t a0 asm("a0");
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(call);
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    asm volatile("rdinstret %[before]\n\tecall\n\trdinstret %[after]"
                 : "=r"(a0), [before] "=&r"(before), [after] "=r"(after)
                 : "r"(a7)
                 : "a6", "memory");
    return after - before - 1; // the second read itself
}
