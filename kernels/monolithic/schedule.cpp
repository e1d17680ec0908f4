// Picking, switching, sleeping, waking.
// SPDX-License-Identifier: MIT
//
// Before: whoever sleeps (a system call that waits, a fault that reads the disk), and the timer.
// Next: switch_context (arch/riscv/context.S), into whichever thread slept here before, or into
// trap_return (entry.S) for a new process.
#include "schedule.hpp"

#include "devices.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
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
    kernel.ready.join(thread);
    // With somebody else ready, the one that runs has but a quantum; alone, it needs no timer.
    if (running_thread().state == Thread::State::running)
        kernel.clock.need(turn_ends());
}

void wake(Thread& thread) {
    if (thread.waits_in != nullptr)
        thread.waits_in->leave(thread);
    if (thread.wake_at != timer::NEVER)
        kernel.clock.remove(thread);
    make_ready(thread);
}

[[noreturn]] void nothing_pending() {
    Console console;
    exec::report_nothing_pending(console, kernel.processes[0].name);
    end_machine(machine_exit::NOTHING_PENDING);
}

// Nobody is ready: until an interrupt makes somebody so.
[[gnu::cold, gnu::noinline]] void idle() {
    if (!kernel.clock.has_sleepers() && !device_may_interrupt())
        nothing_pending();
    await_interrupt();
}

Thread& pick() {
    while (kernel.ready.is_empty())
        idle();
    Thread& next = *kernel.ready.first();
    kernel.ready.leave(next);
    return next;
}

// NEXT's turn begins.
void begin_turn(Thread& next) {
    KernelHart& hart = this_kernel_hart();
    next.state = Thread::State::running;
    hart.running = &next;
    hart.since = timer::now();
    if (!kernel.ready.is_empty())
        kernel.clock.need(turn_ends());
    if (next.is_process)
        enter_space_of(static_cast<Process&>(next));
}

// The running thread has given up the processor; it returns when it is picked again.
void switch_away() {
    KernelHart& hart = this_kernel_hart();
    Thread& self = *hart.running;
    Thread& next = pick();
    begin_turn(next);
    if (&next != &self) {
        kernel.context_switches += 1;
        switch_context(self.context, next.context);
    }
}

} // namespace

void start_thread(Thread& thread) { make_ready(thread); }

void sleep_in(WaitQueue& queue, Thread::Sleep sleep) {
    Thread& self = running_thread();
    self.state = Thread::State::asleep;
    self.sleep = sleep;
    queue.join(self);
    switch_away();
}

void sleep_until(std::uint64_t deadline) {
    Thread& self = running_thread();
    self.state = Thread::State::asleep;
    self.sleep = Thread::Sleep::until_woken_or_killed;
    if (deadline != timer::NEVER)
        kernel.clock.add(self, deadline);
    switch_away();
}

void wake_all(WaitQueue& queue) {
    while (!queue.is_empty())
        wake(*queue.first());
}

void wake_first(WaitQueue& queue) {
    if (!queue.is_empty())
        wake(*queue.first());
}

void wake_killed(Thread& thread) {
    if (thread.state == Thread::State::asleep &&
        thread.sleep == Thread::Sleep::until_woken_or_killed)
        wake(thread);
}

void yield() {
    make_ready(running_thread());
    switch_away();
}

void leave_processor() {
    running_thread().state = Thread::State::unused;
    switch_away();
    panic("a thread that had ended was picked");
}

void timer_expired() {
    const std::uint64_t now = timer::now();
    while (Thread* const thread = kernel.clock.due(now))
        wake(*thread);
    if (kernel.ready.is_empty())
        kernel.clock.expired(timer::NEVER);
    else
        kernel.clock.expired(std::max(turn_ends(), now + 1));
}

void end_turn_if_over() {
    if (!kernel.ready.is_empty() && timer::now() >= turn_ends())
        yield();
}
