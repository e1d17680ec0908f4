// The upcalls: everything that can reach the monolithic kernel, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each.
#include "fault.hpp"
#include "kernel.hpp"
#include "schedule.hpp"
#include "syscall.hpp"

#include "arch/riscv/upcalls.hpp"

// fault.cpp: the road of a page fault.
void on_page_fault(TrapFrame& frame) { handle_page_fault(frame); }

// syscall.cpp: a number becomes a function call.
void on_syscall(TrapFrame& frame) { handle_system_call(frame); }

// task.cpp: nobody mends any other exception yet, so the process ends.
void on_exception(TrapFrame& frame) {
    end_by_exception(running_process(), csr::read_scause(), csr::read_stval(), VirtAddr(frame.pc));
}

// schedule.cpp: somebody's sleep is over, or the program's quantum.
void on_timer() {
    timer_expired();
    end_turn_if_over();
}

// No device is enabled.
void on_device() { panic("a device interrupt, though no device was enabled"); }
