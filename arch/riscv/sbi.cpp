// The ecall into the firmware.
// SPDX-License-Identifier: MIT
#include "arch/riscv/sbi.hpp"

namespace sbi {
namespace {

constexpr std::uint64_t EXTENSION_PUTCHAR = 1;
constexpr std::uint64_t EXTENSION_GETCHAR = 2;
constexpr std::uint64_t EXTENSION_TIME = 0x54494d45;
constexpr std::uint64_t FUNCTION_SET_TIMER = 0;

// SBI chapter 3 "Binary Encoding": a7 the extension, a6 the function; a0 and a1 return; all else is
// kept.
std::uint64_t call(std::uint64_t extension, std::uint64_t function, std::uint64_t argument) {
    register std::uint64_t a0 asm("a0") = argument;
    register std::uint64_t a1 asm("a1") = 0;
    register std::uint64_t a6 asm("a6") = function;
    register std::uint64_t a7 asm("a7") = extension;
    asm volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a6), "r"(a7) : "memory");
    return a0;
}

} // namespace

void console_put(char character) {
    call(EXTENSION_PUTCHAR, 0, static_cast<std::uint8_t>(character));
}

int console_get() { return static_cast<int>(call(EXTENSION_GETCHAR, 0, 0)); }

void set_timer(std::uint64_t deadline) { call(EXTENSION_TIME, FUNCTION_SET_TIMER, deadline); }

} // namespace sbi
