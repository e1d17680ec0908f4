// Nobody is ready: waiting for an interrupt.
// SPDX-License-Identifier: MIT
//
// Before: pick in schedule.cpp, on the stack of whoever ran last. Next: devices.cpp or the timer;
// then back, when somebody is ready.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

bool has_sleepers() { return std::ranges::any_of(kernel.strands, &Strand::is_asleep); }

// The first strand with a program speaks for all.
[[noreturn]] void nothing_pending() {
    const auto program = std::ranges::find_if(
        kernel.strands, [](const Strand& strand) { return strand.space != nullptr; });
    Console console;
    exec::report_nothing_pending(console, program != kernel.strands.end() ? program->name.view()
                                                                          : program_asked_for());
    end_machine(machine_exit::NOTHING_PENDING);
}

} // namespace

void await_ready() {
    do {
        if (!device_may_interrupt() && !has_sleepers())
            nothing_pending();
        csr::forbid_interrupts();
        unmask_devices(running_strand());
        this_spin_hart().deadline.restart();
        idle_until_interrupt();
        serve_pending_interrupts();
    } while (kernel.first_ready == nullptr);
    csr::allow_interrupts();
}
