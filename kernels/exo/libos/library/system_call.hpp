// How a program's call reaches ExOS: it is one.
// SPDX-License-Identifier: MIT
//
// Before: the system library's functions (user/library), which other kernels give calls by number
// (user/library/by_number/system_call.hpp) or by message. Next: library_call in ../entry.S. No
// crossing; and what the process can see for itself is no more than a look.
#pragma once

#include "kernels/exo/libos/libos.hpp"

#include "abi/calls/system_calls.hpp"

#include <cstdint>

// An argument as the ABI passes it.
inline std::uint64_t number(std::int64_t value) { return static_cast<std::uint64_t>(value); }
inline std::uint64_t number(const void* address) {
    return reinterpret_cast<std::uint64_t>(address);
}

// entry.S: the eight words of a request, in its order.
extern "C" std::int64_t library_call(std::uint64_t first, std::uint64_t second, std::uint64_t third,
                                     std::uint64_t fourth, std::uint64_t fifth, std::uint64_t sixth,
                                     std::uint64_t done, std::uint64_t number);

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first = 0,
                                std::uint64_t second = 0, std::uint64_t third = 0,
                                std::uint64_t fourth = 0, std::uint64_t fifth = 0,
                                std::uint64_t sixth = 0) {
    if (call == abi::SystemCall::getpid)
        return static_cast<std::int64_t>(this_process().id.raw());
    return library_call(first, second, third, fourth, fifth, sixth, 0,
                        static_cast<std::uint64_t>(call));
}

// Any number, any six arguments.
inline std::int64_t any_system_call(std::uint64_t number, const std::uint64_t* arguments) {
    return library_call(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                        arguments[5], 0, number);
}

// Guest instructions of CALL, which has no argument.
inline std::uint64_t count_call(abi::SystemCall call) {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    asm volatile("rdinstret %0" : "=r"(before) : : "memory");
    const std::int64_t answer = system_call(call);
    asm volatile("rdinstret %0" : "=r"(after) : "r"(answer) : "memory");
    return after - before - 1; // the second read itself
}
