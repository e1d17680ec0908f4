// The upcalls: everything that can reach the microkernel, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. A handler that returns does so to whichever thread
// runs then.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

// fault.cpp defines on_page_fault, the road of a page fault as far as the pager; syscall.cpp
// defines on_message, what an ecall is. These are to be short.

// task.cpp: a message to the thread's handler.
void on_exception(TrapFrame&) {
    deliver_exception(running_thread(), csr::read_scause(), csr::read_stval());
    schedule();
}

// schedule.cpp: somebody's timeout has passed, or a turn is over.
void on_timer() { on_tick(); }

// devices.cpp: a notice for its driver, which is urgent.
void on_device() {
    serve_devices();
    give_way();
}
