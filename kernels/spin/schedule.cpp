// The scheduler's loop, on a stack of its own (the boot stack).
// SPDX-License-Identifier: MIT
//
// A strand gets here by blocking (block_until, called by sleep in core.cpp), through
// switch_context. With one strand there is nothing to choose yet, so no policy stands here.
#include "schedule.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

namespace {

void run(Strand& strand) {
    SpinHart& hart = this_spin_hart();
    hart.running = &strand;
    strand.space->enter();
    switch_context(hart.scheduler, strand.context);
    hart.running = nullptr;
}

[[noreturn]] void nothing_pending(const Strand& strand) {
    Console console;
    exec::report_nothing_pending(console, strand.name);
    end_machine(machine_exit::NOTHING_PENDING);
}

} // namespace

void run_scheduler() {
    Strand& strand = kernel.program;
    for (;;) {
        if (strand.state == Strand::State::runnable) {
            run(strand);
        } else if (strand.wake_at == timer::NEVER) {
            nothing_pending(strand);
        } else {
            idle_until_interrupt();
            unblock_expired();
        }
    }
}

void block_until(std::uint64_t deadline) {
    SpinHart& hart = this_spin_hart();
    Strand& strand = *hart.running;
    strand.state = Strand::State::blocked;
    strand.wake_at = deadline;
    timer::arm(deadline);
    switch_context(strand.context, hart.scheduler);
}

void unblock_expired() {
    Strand& strand = kernel.program;
    if (strand.state == Strand::State::blocked && strand.wake_at <= timer::now()) {
        strand.state = Strand::State::runnable;
        strand.wake_at = timer::NEVER;
    }
    timer::arm(strand.wake_at);
}
