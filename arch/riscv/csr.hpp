// Control and status registers, and the instructions that order translations and code.
// SPDX-License-Identifier: MIT
//
// RISC-V Privileged Architecture, "Supervisor-Level ISA". The only inline assembly besides sbi.cpp,
// hart.hpp, timer_sstc.cpp and the system-call stubs.
#pragma once

#include "arch/riscv/sv39.hpp"

#include <cstdint>

namespace csr {

// sie, sip: the supervisor timer and external interrupts.
inline constexpr std::uint64_t TIMER_INTERRUPT = 1 << 5;
inline constexpr std::uint64_t DEVICE_INTERRUPT = 1 << 9;

inline std::uint64_t read_scause() {
    std::uint64_t value;
    asm volatile("csrr %0, scause" : "=r"(value));
    return value;
}
inline std::uint64_t read_stval() {
    std::uint64_t value;
    asm volatile("csrr %0, stval" : "=r"(value));
    return value;
}
inline std::uint64_t read_sepc() {
    std::uint64_t value;
    asm volatile("csrr %0, sepc" : "=r"(value));
    return value;
}
inline std::uint64_t read_sip() {
    std::uint64_t value;
    asm volatile("csrr %0, sip" : "=r"(value));
    return value;
}
inline std::uint64_t read_sie() {
    std::uint64_t value;
    asm volatile("csrr %0, sie" : "=r"(value));
    return value;
}
inline std::uint64_t read_satp() {
    std::uint64_t value;
    asm volatile("csrr %0, satp" : "=r"(value));
    return value;
}
inline bool timer_is_pending() { return (read_sip() & TIMER_INTERRUPT) != 0; }
inline bool device_is_pending() { return (read_sip() & DEVICE_INTERRUPT) != 0; }
inline std::uint64_t read_time() {
    std::uint64_t value;
    asm volatile("csrr %0, time" : "=r"(value));
    return value;
}
inline void write_stvec(std::uint64_t value) { asm volatile("csrw stvec, %0" ::"r"(value)); }
inline void write_sscratch(std::uint64_t value) { asm volatile("csrw sscratch, %0" ::"r"(value)); }
inline void enable_timer_interrupt() { asm volatile("csrs sie, %0" ::"r"(TIMER_INTERRUPT)); }
inline void mask_device_interrupts() { asm volatile("csrc sie, %0" ::"r"(DEVICE_INTERRUPT)); }
inline void enable_device_interrupts() { asm volatile("csrs sie, %0" ::"r"(DEVICE_INTERRUPT)); }
// sstatus.SIE: whether the kernel itself is interrupted by what is enabled in sie. User mode always
// is.
inline void allow_interrupts() { asm volatile("csrsi sstatus, 2" ::: "memory"); }
inline void forbid_interrupts() { asm volatile("csrci sstatus, 2" ::: "memory"); }
// Of scause.
inline constexpr std::uint64_t DEVICE_CAUSE = 1ULL << 63 | 9;

// scounteren.CY, TM and IR: user mode may read `cycle`, `time` and `instret`, and no other counter.
inline constexpr std::uint64_t USER_COUNTERS = 0b111;
inline void open_user_counters() { asm volatile("csrw scounteren, %0" ::"r"(USER_COUNTERS)); }
inline std::uint64_t read_scounteren() {
    std::uint64_t value;
    asm volatile("csrr %0, scounteren" : "=r"(value));
    return value;
}
// The next sret goes to user mode, with interrupts on (sstatus.SPP clear, SPIE set), and without
// the floating-point and vector registers (FS and VS off), which no kernel saves.
inline void make_sret_go_to_user() {
    asm volatile("csrc sstatus, %0" ::"r"(1ULL << 8 | 3ULL << 13 | 3ULL << 9));
    asm volatile("csrs sstatus, %0" ::"r"(1ULL << 5));
}

// Puts another address space in force. ASIDs tell their translations apart, so nothing is flushed.
// VALUE: sv39::satp_value.
inline void write_satp(std::uint64_t value) {
    asm volatile("csrw satp, %0" ::"r"(value) : "memory");
}
inline void write_satp(Frame root, sv39::Asid asid) { write_satp(sv39::satp_value(root, asid)); }
// Orders changes of PAGE's translation before what follows, on this hart, in every address space.
inline void fence_page(Page page) {
    asm volatile("sfence.vma %0, zero" ::"r"(page.start().raw()) : "memory");
}
inline void fence_all() { asm volatile("sfence.vma" ::: "memory"); }
// Orders stores to code before its execution, on this hart.
inline void fence_instructions() { asm volatile("fence.i" ::: "memory"); }
// Orders all that was read and written before it, memory and devices, before what follows
// (Unprivileged ISA, "FENCE": iorw,iorw).
inline void fence_memory_and_devices() { asm volatile("fence iorw, iorw" ::: "memory"); }

// Sleeps until an interrupt that is enabled in sie is pending, whether or not sstatus lets it trap.
inline void wait_for_interrupt() { asm volatile("wfi"); }

} // namespace csr
