// The exit code with which a kernel ends the machine: what came of its one program.
// SPDX-License-Identifier: MIT
//
// Written to the test device (arch/riscv/machine.hpp) and returned by QEMU as its own exit status.
#pragma once

#include <cstdint>

namespace machine_exit {

inline constexpr std::uint8_t LAST_OF_PROGRAM = 119; // 0..119: the program's own exit status
inline constexpr std::uint8_t CANNOT_LOAD = 120;     // no such program, or a malformed file
inline constexpr std::uint8_t NOTHING_PENDING = 121; // nothing runnable and nothing to wait for
inline constexpr std::uint8_t PROGRAM_FAULT = 122;   // ended for a fault that nobody could mend
inline constexpr std::uint8_t KERNEL_PANIC = 123;    // a broken invariant of the kernel's own

constexpr std::uint8_t of_program(std::uint64_t status) {
    return static_cast<std::uint8_t>(status <= LAST_OF_PROGRAM ? status : LAST_OF_PROGRAM);
}

} // namespace machine_exit
