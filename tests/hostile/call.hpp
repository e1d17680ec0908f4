// A system call by hand: every register as the caller of the test says, no library in between.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace hostile {

// x1..x31; the first one stands for nothing.
using Registers = std::array<std::uint64_t, 32>;

namespace reg {
inline constexpr unsigned RA = 1, SP = 2, GP = 3, TP = 4, T0 = 5, A0 = 10, A1 = 11, A2 = 12,
                          A3 = 13, A6 = 16, A7 = 17, S2 = 18;
}

// call.S: loads all registers (sp, gp and tp too), executes ecall, and stores them all again, but
// t0.
extern "C" void ecall_with(Registers& registers);

struct Answer {
    std::int64_t first;    // a0
    std::uint64_t second;  // a1
    std::uint64_t seventh; // a6
};

inline Answer call(std::uint64_t number, std::uint64_t a0 = 0, std::uint64_t a1 = 0,
                   std::uint64_t a2 = 0, std::uint64_t a6 = 0) {
    Registers registers{};
    registers[reg::A0] = a0;
    registers[reg::A1] = a1;
    registers[reg::A2] = a2;
    registers[reg::A6] = a6;
    registers[reg::A7] = number;
    ecall_with(registers);
    return {static_cast<std::int64_t>(registers[reg::A0]), registers[reg::A1], registers[reg::A6]};
}

inline std::uint64_t address_of(const void* thing) {
    return reinterpret_cast<std::uint64_t>(thing);
}

// Stores to ADDRESS, whatever the compiler thinks of that.
inline void touch(std::uint64_t address) { *reinterpret_cast<volatile char*>(address) = 1; }

} // namespace hostile
