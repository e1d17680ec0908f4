// The scheduler's loop, on a stack of its own (the boot stack).
// SPDX-License-Identifier: MIT
//
// A process gets here by sleeping (sleep_until), through switch_context; with one program there is
// nothing to choose yet, so no policy stands here.
#include "schedule.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

namespace {

void run(Process& process) {
    KernelHart& hart = this_kernel_hart();
    hart.running = &process;
    process.space.enter();
    switch_context(hart.scheduler, process.context);
    hart.running = nullptr;
}

[[noreturn]] void nothing_pending(const Process& process) {
    Console console;
    exec::report_nothing_pending(console, process.name);
    end_machine(machine_exit::NOTHING_PENDING);
}

} // namespace

void run_scheduler() {
    Process& process = kernel.program;
    for (;;) {
        if (process.state == Process::State::runnable) {
            run(process);
        } else if (process.wake_at == timer::NEVER) {
            nothing_pending(process);
        } else {
            idle_until_timer();
            wake_sleepers();
        }
    }
}

void sleep_until(std::uint64_t deadline) {
    KernelHart& hart = this_kernel_hart();
    Process& process = *hart.running;
    process.state = Process::State::asleep;
    process.wake_at = deadline;
    timer::arm(deadline);
    switch_context(process.context, hart.scheduler);
}

void wake_sleepers() {
    Process& process = kernel.program;
    if (process.state == Process::State::asleep && process.wake_at <= timer::now()) {
        process.state = Process::State::runnable;
        process.wake_at = timer::NEVER;
    }
    timer::arm(process.wake_at);
}
