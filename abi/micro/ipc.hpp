// The microkernel's system calls: messages, and what has no server of its own yet.
// SPDX-License-Identifier: MIT
//
// An ecall is like a function call: a0..a7 carry arguments and results, and everything that a
// function may destroy (t0..t6, a0..a7) comes back with no meaning unless said here; ra, sp, gp, tp
// and s0..s11 are kept. A message fits into registers and never touches the memory of either side:
//
//            sent                                received
//   a0       label                               label, or an error of the kernel's
//   a1..a5   words                               words
//   a6       call: slot of the capability        the badge of the capability that it was sent by
//   a7       operation                           (no meaning)
//
// Labels with the top bit set are the kernel's: errors (abi/errors.hpp, negated) and the messages
// that it sends in a thread's name. Nobody can send one by `call`.
#pragma once

#include <array>
#include <cstdint>

namespace abi::micro {

enum class Operation : std::uint64_t {
    // Send by the capability in slot a6, then wait for the answer.
    call = 1,
    // Answer the last caller, if there is one, then wait for the next message from anybody.
    reply_and_wait = 2,
    // (ticks of `time` in a0; all ones: for ever): wait for nobody; would_block after that time.
    receive = 3,
    // (status in a0): does not return.
    exit = 4,
    // What follows has no server yet.
    debug_write = 5, // (address in a0, bytes in a1): to the console; result in a0: 0 or an error
    clock = 6,       // (): ticks of `time` in a0
};

// An index into the table of capabilities that the kernel keeps for each thread.
class CapSlot {
public:
    explicit constexpr CapSlot(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr bool operator==(const CapSlot&) const = default;

private:
    std::uint64_t raw_;
};

struct Message {
    std::uint64_t label = 0;
    std::array<std::uint64_t, 5> words{};
};

constexpr bool is_of_kernel(std::uint64_t label) { return (label >> 63) != 0; }

} // namespace abi::micro
