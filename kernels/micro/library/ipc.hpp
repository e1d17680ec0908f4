// IPC stubs: the one ecall, for the system library and for servers.
// SPDX-License-Identifier: MIT
//
// The registers are those of abi/micro/ipc.hpp. Next: trap_vector in ../entry.S.
#pragma once

#include "abi/errors.hpp"
#include "abi/micro/ipc.hpp"

namespace micro {

using abi::micro::CapSlot;
using abi::micro::Message;
using abi::micro::MoreWords;
using abi::micro::Operation;

struct Received {
    Message message;
    std::uint64_t token = abi::micro::NOBODY; // of who sent it, to be answered
    std::uint64_t badge = 0;
};

// PARTNER: a slot or a token. FLAGS: as in abi/micro/ipc.hpp, but LONG.
[[gnu::always_inline]] inline Received exchange(Operation operation, std::uint64_t partner,
                                                const Message& sent, std::uint64_t flags = 0) {
    // First, since a call between register variables may change the registers (GCC, "Local Register
    // Variables"); unoptimised, an index is one.
    const auto [first, second, third, fourth, fifth] = sent.words;
    register std::uint64_t a0 asm("a0") = sent.label;
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a3 asm("a3") = third;
    register std::uint64_t a4 asm("a4") = fourth;
    register std::uint64_t a5 asm("a5") = fifth;
    register std::uint64_t a6 asm("a6") = partner;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(operation) | flags;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                 :
                 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return {{a0, {a1, a2, a3, a4, a5}}, a6, a7};
}

// Ten words: five more than `sent` has, in registers that a call keeps.
struct LongMessage {
    Message message;
    MoreWords more{};
};
struct LongReceived {
    Received received;
    MoreWords more{};
};

[[gnu::always_inline]] inline LongReceived exchange_long(Operation operation, std::uint64_t partner,
                                                         const LongMessage& sent) {
    const auto [first, second, third, fourth, fifth] = sent.message.words;
    const auto [sixth, seventh, eighth, ninth, tenth] = sent.more;
    register std::uint64_t a0 asm("a0") = sent.message.label;
    register std::uint64_t a1 asm("a1") = first;
    register std::uint64_t a2 asm("a2") = second;
    register std::uint64_t a3 asm("a3") = third;
    register std::uint64_t a4 asm("a4") = fourth;
    register std::uint64_t a5 asm("a5") = fifth;
    register std::uint64_t a6 asm("a6") = partner;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(operation) | abi::micro::LONG;
    register std::uint64_t s2 asm("s2") = sixth;
    register std::uint64_t s3 asm("s3") = seventh;
    register std::uint64_t s4 asm("s4") = eighth;
    register std::uint64_t s5 asm("s5") = ninth;
    register std::uint64_t s6 asm("s6") = tenth;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7),
                   "+r"(s2), "+r"(s3), "+r"(s4), "+r"(s5), "+r"(s6)
                 :
                 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return {{{a0, {a1, a2, a3, a4, a5}}, a6, a7}, {s2, s3, s4, s5, s6}};
}

// A remote procedure call: one trap there, one back. FLAGS: its window, and what it accepts.
inline Message call(CapSlot slot, const Message& request, std::uint64_t flags = 0) {
    return exchange(Operation::call, slot.raw(), request, flags).message;
}

// A server's half of it: the answer to whom TOKEN names, and the next request, in one trap.
[[gnu::always_inline]] inline Received reply_and_wait(std::uint64_t token, const Message& answer) {
    return exchange(Operation::reply_and_wait, token, answer);
}

// The next message, from whom FROM names, for TICKS at most: label would_block after that.
inline Received receive(std::uint64_t from, std::uint64_t ticks = abi::micro::FOR_EVER) {
    return exchange(Operation::receive, 0, {from, {ticks}});
}

// An operation that is no message: arguments in a0 and so on, result in a0.
inline std::uint64_t kernel_call(Operation operation, std::uint64_t first = 0,
                                 std::uint64_t second = 0, std::uint64_t third = 0,
                                 std::uint64_t fourth = 0, std::uint64_t fifth = 0) {
    return exchange(operation, 0, {first, {second, third, fourth, fifth}}).message.label;
}

// What an operation, or the label of an answer, says.
inline Result<std::uint64_t> to_result(std::uint64_t word) {
    if (static_cast<std::int64_t>(word) < 0)
        return std::unexpected(abi::to_error(static_cast<std::int64_t>(word)));
    return word;
}
inline Message refusal(Error error) { return {abi::to_register(error), {}}; }
inline Message answer_of(const Result<void>& result) {
    return result ? Message{} : refusal(result.error());
}

} // namespace micro
