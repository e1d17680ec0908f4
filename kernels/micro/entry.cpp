// The upcalls: everything that can reach the microkernel, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. A handler that returns does so to whichever thread
// runs then.
#include "fault.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

// (ecall: on_message in syscall.cpp, straight from entry.S.)

// fault.cpp: the road of a page fault, as far as the pager.
void on_page_fault(TrapFrame&) { handle_page_fault(running_thread()); }

// task.cpp: exceptions are not messages yet, so the thread ends.
void on_exception(TrapFrame&) {
    end_by_exception(running_thread(), csr::read_scause(), csr::read_stval());
}

// schedule.cpp: somebody's timeout has passed.
void on_timer() { wake_sleepers(); }

// No device is enabled.
void on_device() { panic("a device interrupt, though no device was enabled"); }
