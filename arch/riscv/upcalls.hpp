// The HAL's upward interface: the few names that every kernel defines.
// SPDX-License-Identifier: MIT
//
// start.cpp calls kernel_main once; the macros of trap_macros.S, composed by a kernel's entry.S,
// call the others. They come undecoded: what a fault means, and to whom it goes, is structure. All
// begin in S-mode with interrupts off, and return so. Interrupts are taken from user mode; an idle
// kernel polls (see idle.hpp). A kernel may let itself be interrupted between an upcall's beginning
// and its end, once it has read the trap's registers (csr::allow_interrupts): the hart overwrites
// sepc, scause and stval then. Its entry.S has TRAP_FROM_INTERRUPTIBLE_KERNEL for that (spin, for
// the sake of extensions that do not return). What each means:
//   on_syscall     the program executed ecall; the frame's pc still points at it
//   on_page_fault  instruction, load or store page fault; scause and stval are unread
//   on_exception   any other exception of user mode
//   on_timer       the timer's deadline has passed; the timer is still armed
//   on_device      an external interrupt is pending; the kernel claims it from the PLIC (plic.hpp)
// A kernel whose entry.S takes a road by itself defines no upcall for it (monolithic: a system
// call, station by station; micro: the message of an ecall, in registers; exo: faults, exceptions
// and primitives, the same).
#pragma once

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/trap_frame.hpp"

extern "C" {
[[noreturn]] void kernel_main(const BootInfo& boot);
void on_syscall(TrapFrame& frame);
void on_page_fault(TrapFrame& frame);
void on_exception(TrapFrame& frame);
void on_timer();
void on_device();
}

// The first instruction of the trap road; each kernel's entry.S defines it.
extern "C" void trap_vector();
