// The upcalls: everything that can reach the monolithic kernel, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. A process that was killed meanwhile goes no
// further than this.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"
#include "services/calls/lives.hpp"

// fault.cpp defines on_page_fault, the road of a page fault; a system call's road (syscall.cpp) is
// called by entry.S, station by station. These two are to be short.

// services/calls/handlers.cpp: what only the program itself could mend.
void on_exception(TrapFrame&) {
    Process& process = running_process();
    call::deliver_exception(process, csr::read_scause(), csr::read_stval());
    end_if_killed(process);
}

// No trap: a new process, about to begin (entry.S). It may have been killed before its first turn.
extern "C" void on_first_turn() { end_if_killed(running_process()); }

// schedule.cpp: somebody's sleep is over, or the program's turn.
void on_timer() {
    timer_expired();
    end_turn_if_over();
    end_if_killed(running_process());
}

// devices.cpp: a key, or the disk.
void on_device() {
    serve_devices();
    end_turn_if_over();
    end_if_killed(running_process());
}
