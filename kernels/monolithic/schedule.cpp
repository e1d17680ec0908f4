// Picking, switching, sleeping, waking.
// SPDX-License-Identifier: MIT
//
// Before: whoever sleeps (a system call that waits, a fault that reads the disk), and the timer.
// Next: switch_context (arch/riscv/context.S), into whichever thread slept here before, or into
// first_return (entry.S) for a new process.
#include "schedule.hpp"

#include "devices.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

constexpr std::uint64_t QUANTA_A_SECOND = 100; // 10 ms each

std::uint64_t turn_ends() {
    return this_kernel_hart().since + kernel.boot.timebase / QUANTA_A_SECOND;
}

void make_ready(Thread& thread) {
    thread.state = Thread::State::ready;
    kernel.scheduler.ready(thread.client);
    ++kernel.ready;
    // With somebody else ready, the one that runs has but a quantum; alone, it needs no timer.
    if (running_thread().state == Thread::State::running)
        kernel.clock.need(turn_ends());
}

// The running thread's turn is over, until NOW. It stays in the scheduler's list.
void charge(Thread& thread) {
    const std::uint64_t ticks = timer::now() - this_kernel_hart().since;
    thread.ticks += ticks;
    kernel.scheduler.charge(thread.client, ticks);
}

// And it cannot run for now.
void stop(Thread& thread) {
    charge(thread);
    thread.state = Thread::State::asleep;
    kernel.scheduler.not_ready(thread.client);
    --kernel.ready;
}

[[noreturn]] void nothing_pending() {
    Console console;
    exec::report_nothing_pending(console, kernel.system.name(unix::Processes::FIRST));
    end_machine(machine_exit::NOTHING_PENDING);
}

Thread& thread_of(sched::Client client) {
    if (client.number() < kernel.processes.size()) [[likely]]
        return kernel.processes[client.number()];
    return kernel.boot_thread;
}

Thread& pick() {
    for (;;) {
        if (const std::optional<sched::Client> chosen = kernel.scheduler.pick()) [[likely]]
            return thread_of(*chosen);
        await_ready();
    }
}

// NEXT's turn begins.
void begin_turn(Thread& next) {
    KernelHart& hart = this_kernel_hart();
    next.state = Thread::State::running;
    hart.running = &next;
    hart.since = timer::now();
    if (kernel.ready > 1)
        kernel.clock.need(turn_ends());
}

// The running thread has given up the processor; it returns when it is picked again.
void switch_away() {
    KernelHart& hart = this_kernel_hart();
    Thread& self = *hart.running;
    Thread& next = pick();
    begin_turn(next);
    if (&next != &self) {
        if (next.is_process)
            enter_space_of(static_cast<Process&>(next));
        kernel.context_switches += 1;
        switch_context(self.context, next.context);
    }
}

} // namespace

void await_ready() {
    do {
        if (!device_may_interrupt() && !kernel.clock.has_sleepers())
            nothing_pending();
        idle_until_interrupt();
        serve_pending_interrupts();
    } while (kernel.ready == 0);
}

void adopt_boot_thread(Thread& thread) {
    kernel.hart.running = &thread;
    thread.client = sched::Client(kernel.processes.size());
    thread.state = Thread::State::running;
    kernel.scheduler.add(thread.client, sched::Tickets::usual());
    kernel.scheduler.ready(thread.client);
    kernel.ready = 1;
    kernel.hart.since = timer::now();
}

void start_thread(Thread& thread) {
    kernel.scheduler.add(thread.client, sched::Tickets::usual());
    make_ready(thread);
}

void sleep_in(WaitQueue& queue, Thread::Sleep sleep) {
    Thread& self = running_thread();
    stop(self);
    self.sleep = sleep;
    queue.join(self);
    switch_away();
}

void sleep_until(std::uint64_t deadline) {
    Thread& self = running_thread();
    stop(self);
    self.sleep = Thread::Sleep::until_woken_or_killed;
    if (deadline != timer::NEVER)
        kernel.clock.add(self, deadline);
    switch_away();
}

void wake(Thread& thread) {
    if (thread.waits_in != nullptr)
        thread.waits_in->leave(thread);
    if (thread.wake_at != timer::NEVER)
        kernel.clock.remove(thread);
    make_ready(thread);
}

void wake_killed(Thread& thread) {
    if (thread.state == Thread::State::asleep &&
        thread.sleep == Thread::Sleep::until_woken_or_killed)
        wake(thread);
}

void yield() {
    Thread& self = running_thread();
    charge(self);
    self.state = Thread::State::ready;
    switch_away();
}

void leave_processor() {
    Thread& self = running_thread();
    stop(self);
    self.state = Thread::State::unused;
    kernel.scheduler.remove(self.client);
    switch_away();
    panic("a thread that had ended was picked");
}

void timer_expired() {
    const std::uint64_t now = timer::now();
    while (Thread* const thread = kernel.clock.due(now))
        wake(*thread);
    // A turn that is over already ends right after this (end_turn_if_over).
    kernel.clock.expired(kernel.ready > 1 ? std::max(turn_ends(), now + 1) : timer::NEVER);
}

void end_turn_if_over() {
    if (kernel.ready > 1 && timer::now() >= turn_ends())
        yield();
}
