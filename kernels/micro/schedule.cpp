// The scheduler, for when IPC does not say who runs next.
// SPDX-License-Identifier: MIT
//
// All take turns. A turn is the processor's, not the thread's: who is called goes on with what is
// left of its caller's, and so does who comes after one that waits. While nobody else is in line
// there are no turns, and no timer.
#include "schedule.hpp"

#include "devices.hpp"
#include "turns.hpp"

#include "abi/errors.hpp"
#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

constexpr std::uint64_t TURNS_A_SECOND = 100;
constexpr std::uint64_t LOOKS_A_SECOND = 1000; // where a turn was over in the middle of a server

void arm_timer() { timer::arm(std::min(kernel.deadlines.next(), kernel.end_of_turn)); }

void begin_turn(std::uint64_t turns_a_second = TURNS_A_SECOND) {
    kernel.end_of_turn = timer::deadline_in(kernel.boot.timebase / turns_a_second);
    arm_timer();
}

void wake_due(std::uint64_t now) {
    while (Thread* const thread = kernel.deadlines.take_due(now)) {
        thread->frame.x(reg::A0) = abi::to_register(Error::would_block);
        thread->state = Thread::State::runnable;
        make_ready(*thread);
    }
}

[[noreturn]] void nothing_pending() {
    Console console;
    exec::report_nothing_pending(console, argument(kernel.boot.arguments, "program"));
    end_machine(machine_exit::NOTHING_PENDING);
}

// The time since the last scheduling was a turn of who was chosen then: whom it called worked for
// it.
void begin_time_of(Thread* next) {
    const std::uint64_t now = timer::now();
    if (kernel.turn_of != nullptr)
        kernel.turn_of->ticks += now - kernel.turn_began;
    kernel.turn_of = next;
    kernel.turn_began = now;
}

} // namespace

void make_ready(Thread& thread) {
    if (turns::must_ask(thread)) [[unlikely]]
        return turns::ask(thread);
    kernel.ready.add(thread);
    if (kernel.end_of_turn == timer::NEVER)
        begin_turn();
}

void give_way() {
    Thread& running = running_thread();
    if (running.state != Thread::State::runnable)
        return;
    for (std::size_t priority = kernel.ready.count(); --priority > running.priority;)
        if (kernel.ready.is_used(priority)) {
            kernel.ready.add_first(running); // its turn is not over
            return schedule();
        }
}

void schedule() {
    for (;;) {
        Thread* const next = kernel.ready.take();
        if (kernel.first_with_turn != nullptr && turns::end_of_waiting(next)) [[unlikely]] {
            if (next != nullptr)
                kernel.ready.add_first(*next);
            continue;
        }
        if (next != nullptr) {
            begin_time_of(next);
            if (next != this_kernel_hart().running) // its space may be in force still
                switch_to(*next);
            return;
        }
        begin_time_of(nullptr);
        if (kernel.deadlines.next() == timer::NEVER && kernel.bound_interrupts == 0)
            nothing_pending();
        idle_until_interrupt();
        if (csr::timer_is_pending())
            on_tick();
        if (kernel.bound_interrupts != 0 && csr::device_is_pending())
            serve_devices();
    }
}

void set_deadline(Thread& thread, std::uint64_t wake_at) {
    kernel.deadlines.add(thread, wake_at);
    if (kernel.deadlines.next() == wake_at)
        arm_timer();
}

void on_tick() {
    const std::uint64_t now = timer::now();
    Thread& running = running_thread();
    const bool is_idle = running.state != Thread::State::runnable; // else it may be woken here
    wake_due(now);
    if (kernel.end_of_turn > now) {
        arm_timer();
        if (!is_idle)
            give_way();
        return;
    }
    kernel.end_of_turn = timer::NEVER;
    if (!kernel.ready.is_used() && kernel.first_with_turn == nullptr)
        return arm_timer();
    if (is_idle)
        return begin_turn(); // who is in line is about to be chosen
    if (running.scheduler.is_empty() && !kernel.ready.is_used_beside(running))
        return begin_turn(LOOKS_A_SECOND); // of whoever it works for
    begin_turn();
    turns::take(running);
    make_ready(running);
    schedule();
}
