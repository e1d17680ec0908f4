// A system call as a message: its number is the label, its arguments are the words.
// SPDX-License-Identifier: MIT
//
// Before: the system library's functions (user/library), which another kernel gives calls by number
// (user/library/by_number/system_call.hpp). Next: trap_vector in ../entry.S; then the UNIX server,
// behind slot HANDLER, or the pager, for what is the pager's alone. While a program waits for UNIX,
// all its memory is a window. a0..a7 and t0..t6 come back with no meaning but the answer's. Each
// form loads the registers that its call has, and no more: instructions are what is counted here.
#pragma once

#include "kernels/micro/servers/pager/client.hpp"

#include "abi/calls/system_calls.hpp"
#include "abi/micro/objects.hpp"

#include <cstdint>

// An argument as the ABI passes it.
inline std::uint64_t number(std::int64_t value) { return static_cast<std::uint64_t>(value); }
inline std::uint64_t number(const void* address) {
    return reinterpret_cast<std::uint64_t>(address);
}

namespace by_message {

inline constexpr std::uint64_t CALL = static_cast<std::uint64_t>(abi::micro::Operation::call);
inline constexpr std::uint64_t CALL_UNIX = CALL | abi::micro::SYSTEM_CALL;
inline constexpr std::uint64_t UNIX = abi::micro::HANDLER.raw();

// To UNIX, with as many words as there are arguments; the answer's label.
inline std::int64_t ask(abi::SystemCall call) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a6), "+r"(a7)
                 :
                 : "a1", "a2", "a3", "a4", "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
                   "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t ask(abi::SystemCall call, std::uint64_t first) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a6), "+r"(a7)
                 :
                 : "a2", "a3", "a4", "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t ask(abi::SystemCall call, std::uint64_t first, std::uint64_t second) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a6), "+r"(a7)
                 :
                 : "a3", "a4", "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t ask(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                        std::uint64_t third) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a3 asm("a3") = third;
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a6), "+r"(a7)
                 :
                 : "a4", "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return static_cast<std::int64_t>(a0);
}

inline std::int64_t ask(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                        std::uint64_t third, std::uint64_t fourth, std::uint64_t fifth = 0) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a3 asm("a3") = third;
    register std::uint64_t a4 asm("a4") = fourth;
    register std::uint64_t a5 asm("a5") = fifth;
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                 :
                 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return static_cast<std::int64_t>(a0);
}

// The sixth argument is a word more, in s2.
inline std::int64_t ask(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                        std::uint64_t third, std::uint64_t fourth, std::uint64_t fifth,
                        std::uint64_t sixth) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a3 asm("a3") = third;
    register std::uint64_t a4 asm("a4") = fourth;
    register std::uint64_t a5 asm("a5") = fifth;
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX | abi::micro::LONG;
    register std::uint64_t s2 asm("s2") = sixth;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7),
                   "+r"(s2)
                 :
                 : "s3", "s4", "s5", "s6", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return static_cast<std::int64_t>(a0);
}

// Guest instructions of CALL, which has no argument: of its ecall alone.
inline std::uint64_t count(abi::SystemCall call) {
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(call);
    register std::uint64_t a6 asm("a6") = UNIX;
    register std::uint64_t a7 asm("a7") = CALL_UNIX;
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    asm volatile("rdinstret %[before]\n\tecall\n\trdinstret %[after]"
                 : "+r"(a0), "+r"(a6), "+r"(a7), [before] "=&r"(before), [after] "=r"(after)
                 :
                 : "a1", "a2", "a3", "a4", "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
                   "memory");
    return after - before - 1; // the second read itself
}

// To the pager of the program's own space, where word 0 does not count. The answer is word 0, if
// there is no error. The program's memory is no window here.
inline std::int64_t ask_pager(std::uint64_t label, std::uint64_t first, std::uint64_t second = 0,
                              std::uint64_t third = 0) {
    register std::uint64_t a0 asm("a0") = label;
    register std::uint64_t a1 asm("a1") = 0;
    register std::uint64_t a2 asm("a2") = first;
    register std::uint64_t a3 asm("a3") = second;
    register std::uint64_t a4 asm("a4") = third;
    register std::uint64_t a6 asm("a6") = abi::micro::OWN_PAGER.raw();
    register std::uint64_t a7 asm("a7") = CALL;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a6), "+r"(a7)
                 :
                 : "a5", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    const auto failure = static_cast<std::int64_t>(a0);
    return failure < 0 ? failure : static_cast<std::int64_t>(a1);
}

// Where UNIX has gone: the kernel's own way to end.
inline void leave(std::uint64_t status) {
    register std::uint64_t a0 asm("a0") = status;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(abi::micro::Operation::exit);
    asm volatile("ecall" : "+r"(a0), "+r"(a7) : : "memory");
}

} // namespace by_message

// Calls are constants, so each of these comes down to one message.

inline std::int64_t system_call(abi::SystemCall call) { return by_message::ask(call); }

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first) {
    if (call == abi::SystemCall::sbrk)
        return by_message::ask_pager(pager::label::MOVE_BREAK, first);
    const std::int64_t answer = by_message::ask(call, first);
    if (call == abi::SystemCall::exit)
        by_message::leave(first);
    return answer;
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second) {
    if (call == abi::SystemCall::munmap)
        return by_message::ask_pager(pager::label::UNMAP, first, second);
    return by_message::ask(call, first, second);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                                std::uint64_t third) {
    if (call == abi::SystemCall::mprotect)
        return by_message::ask_pager(pager::label::PROTECT, first, second, third);
    return by_message::ask(call, first, second, third);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                                std::uint64_t third, std::uint64_t fourth) {
    return by_message::ask(call, first, second, third, fourth);
}

inline std::int64_t system_call(abi::SystemCall call, std::uint64_t first, std::uint64_t second,
                                std::uint64_t third, std::uint64_t fourth, std::uint64_t fifth,
                                std::uint64_t sixth) {
    return by_message::ask(call, first, second, third, fourth, fifth, sixth);
}

// Any number, any six arguments, to whom the call is made. A sixth argument of zero is none: then
// nothing is stored, and this is not a fault of its own.
inline std::int64_t any_system_call(std::uint64_t number, const std::uint64_t* arguments) {
    const std::uint64_t first = arguments[0];
    const std::uint64_t second = arguments[1];
    const std::uint64_t third = arguments[2];
    const auto call = static_cast<abi::SystemCall>(number);
    if (call == abi::SystemCall::sbrk || call == abi::SystemCall::exit)
        return system_call(call, first);
    if (call == abi::SystemCall::munmap)
        return system_call(call, first, second);
    if (call == abi::SystemCall::mprotect)
        return system_call(call, first, second, third);
    if (arguments[5] == 0)
        return by_message::ask(call, first, second, third, arguments[3], arguments[4]);
    return by_message::ask(call, first, second, third, arguments[3], arguments[4], arguments[5]);
}

inline std::uint64_t count_call(abi::SystemCall call) { return by_message::count(call); }
