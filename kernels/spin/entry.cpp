// The upcalls: everything that can reach the SPIN kernel from outside, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. From inside, extensions reach it through
// exports.S.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"

// fault.cpp defines on_page_fault, the road of a page fault; a system call's road (syscall.cpp) is
// called by entry.S, station by station.

// The event Trap.Exception, which ends the program by default.
void on_exception(TrapFrame& frame) {
    Strand& strand = running_strand();
    const spin::Exception event{.context = strand.space->reference(),
                                .cause = csr::read_scause(),
                                .value = csr::read_stval(),
                                .pc = VirtAddr(frame.pc)};
    csr::allow_interrupts();
    const auto* const binding = strand.space->events.exception.choose(event);
    if (binding == nullptr || !binding->handler(event))
        end_by_exception(strand, event.cause, event.value, event.pc);
    heed_notice(strand);
}

// No trap: a program that begins, or begins again (entry.S).
extern "C" void on_first_turn() { heed_notice(running_strand()); }

// schedule.cpp: somebody's sleep is over, or a turn.
void on_timer() {
    restart_deadline(running_strand());
    timer_expired();
    heed_notice(running_strand());
}

// devices.cpp: the disk, or a key.
void on_device() {
    serve_devices();
    heed_notice(running_strand());
}
