// The global scheduler: strands take turns, and know nothing of each other.
// SPDX-License-Identifier: MIT
//
// There is no scheduler's context: who stops picks the next one and switches to it directly, and
// where nobody is ready, the one that stopped waits for an interrupt, on its own stack.
#pragma once

#include "task.hpp"

#include "arch/riscv/csr.hpp"

// What runs now, on the boot stack, is STRAND from here on.
void adopt_boot_strand(Strand& strand);

// The events Strand.Unblock and Strand.Block: STRAND may run from now on; it may not, and if it is
// the one that runs, it stops here until it may again. Nothing happens to one that can run already.
void unblock_strand(Strand& strand);
void block_strand(Strand& strand);

// What the global scheduler does for these by default. make_ready: of one that is new or blocked.
void make_ready(Strand& strand);
void stop(Strand& strand);

// STRAND's program is about to go on, with interrupts off in the kernel from here on: whoever was
// to hear of that does, and what interrupts left undone is done. It may not return.
[[gnu::cold]] void raise_notice(Strand& strand);
inline void heed_notice(Strand& strand) {
    csr::forbid_interrupts();
    if (strand.notices != 0) [[unlikely]]
        raise_notice(strand);
}

// The running strand stops until `time` reaches DEADLINE (timer::NEVER: no time does) or somebody
// makes it ready.
void block_until(std::uint64_t deadline);

// STRAND, which runs, may keep the processor as long again: its program has gone on, or others
// could.
void restart_deadline(const Strand& strand);

// Puts the address space of STRAND's program in force, or none.
void enter_space_of(const Strand& strand);

// The running strand has the processor, whether or not it had given it up to wait for an interrupt.
void keep_processor();

// Nobody is ready: returns when an interrupt has made somebody so. By its name the probe knows what
// a wait executes, however often the hart wakes in vain.
[[gnu::cold, gnu::noipa]] void await_ready();

// Lets others run first.
void yield();

// The running strand is no more: goes on with another.
[[noreturn]] void leave_processor();

// The timer expired: sleepers may run, and the turn may be over.
void timer_expired();
// The timer interrupted the kernel at NOW, where nothing is done about it.
void look_again_soon(std::uint64_t now);
// Whether its deadline has passed, and nobody has done anything about it yet.
bool timer_is_due();
// Lets others run first if the running strand's turn is over.
void end_turn_if_over();
