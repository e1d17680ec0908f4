// The trap frame: a user program's registers while the kernel runs on its behalf.
// SPDX-License-Identifier: MIT
//
// Written and read by the macros of trap_macros.S, which each kernel's entry.S composes. A frame
// stands at the top of a kernel stack: the stack grows down from right below it.
#pragma once

#include "arch/riscv/hart.hpp"
#include "arch/riscv/trap_layout.h"
#include "lib/address.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

// Numbers of the registers that carry meaning in calls (RISC-V psABI, "Integer Register
// Convention").
namespace reg {
inline constexpr unsigned RA = 1;
inline constexpr unsigned SP = 2;
inline constexpr unsigned A0 = 10;
inline constexpr unsigned A1 = 11;
inline constexpr unsigned A2 = 12;
inline constexpr unsigned A3 = 13;
inline constexpr unsigned A4 = 14;
inline constexpr unsigned A5 = 15;
inline constexpr unsigned A6 = 16;
inline constexpr unsigned A7 = 17;
inline constexpr unsigned S2 = 18;
inline constexpr unsigned S6 = 22;
} // namespace reg

struct alignas(16) TrapFrame {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> saved; // x1..x31
    Hart* hart;                          // that the program runs on; loaded into tp on entry
    std::uint64_t padding;               // sp stays 16-byte aligned

    std::uint64_t& x(unsigned number) { return saved[number - 1]; }
    std::uint64_t x(unsigned number) const { return saved[number - 1]; }
};

static_assert(offsetof(TrapFrame, pc) == TRAP_PC);
static_assert(offsetof(TrapFrame, saved) == TRAP_RA);
static_assert(offsetof(TrapFrame, hart) == TRAP_HART);
static_assert(sizeof(TrapFrame) == TRAP_FRAME_SIZE);
