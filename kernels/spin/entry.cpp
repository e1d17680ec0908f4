// The upcalls: everything that can reach the SPIN kernel from outside, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. From inside, extensions reach it through
// exports.S.
#include "fault.hpp"
#include "kernel.hpp"
#include "schedule.hpp"
#include "syscall.hpp"

#include "arch/riscv/upcalls.hpp"

// fault.cpp: raises Translation.PageNotPresent.
void on_page_fault(TrapFrame& frame) { handle_page_fault(frame); }

// syscall.cpp: raises Trap.SystemCall.
void on_syscall(TrapFrame& frame) { raise_system_call(frame); }

// task.cpp: no event for any other exception yet, so the program ends.
void on_exception(TrapFrame& frame) {
    end_by_exception(running_strand(), csr::read_scause(), csr::read_stval(), VirtAddr(frame.pc));
}

// schedule.cpp: somebody's sleep is over, or a turn.
void on_timer() { timer_expired(); }

// No device is enabled.
void on_device() { panic("a device interrupt, though no device was enabled"); }
