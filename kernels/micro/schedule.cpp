// The scheduler, for when IPC does not say who runs next.
// SPDX-License-Identifier: MIT
//
// Round robin over the threads, without preemption: with one program and its servers there is
// nothing to choose yet.
#include "schedule.hpp"

#include "abi/errors.hpp"
#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

// The first runnable thread behind the one that ran last; nullptr: none.
Thread* next_runnable() {
    const Thread* const last = this_kernel_hart().running;
    const std::size_t start =
        last == nullptr ? 0 : static_cast<std::size_t>(last - kernel.threads.data()) + 1;
    for (std::size_t i = 0; i < Kernel::MAX_THREADS; ++i) {
        Thread& thread = kernel.threads[(start + i) % Kernel::MAX_THREADS];
        if (thread.state == Thread::State::runnable)
            return &thread;
    }
    return nullptr;
}

std::uint64_t next_deadline() {
    std::uint64_t deadline = timer::NEVER;
    for (const Thread& thread : kernel.threads)
        if (thread.state == Thread::State::sleeps)
            deadline = std::min(deadline, thread.wake_at);
    return deadline;
}

[[noreturn]] void nothing_pending() {
    Console console;
    exec::report_nothing_pending(console, kernel.program->name);
    end_machine(machine_exit::NOTHING_PENDING);
}

} // namespace

void schedule() {
    for (;;) {
        if (Thread* const next = next_runnable()) {
            if (next != this_kernel_hart().running) // its space may be in force still
                switch_to(*next);
            return;
        }
        if (next_deadline() == timer::NEVER)
            nothing_pending();
        idle_until_interrupt();
        wake_sleepers();
    }
}

void wake_sleepers() {
    const std::uint64_t now = timer::now();
    for (Thread& thread : kernel.threads)
        if (thread.state == Thread::State::sleeps && thread.wake_at <= now) {
            thread.frame.x(reg::A0) = abi::to_register(Error::would_block);
            thread.state = Thread::State::runnable;
        }
    timer::arm(next_deadline());
}
