// Picking, switching, blocking, unblocking, and the timer.
// SPDX-License-Identifier: MIT
//
// Before: whoever blocks (a system call that waits: call_wait in extensions/unix/waiting.cpp;
// the disk: placement/disk.cpp; a lock: interface/lock.hpp), whoever unblocks, and the timer. Next:
// switch_context (arch/riscv/context.S), into whichever strand stopped here before, or to where a
// new one begins (task.cpp).
#include "schedule.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"

#include <utility>

namespace {

constexpr std::uint64_t QUANTA_A_SECOND = 100; // 10 ms each
constexpr std::uint64_t LOOKS_A_SECOND = 1000; // where the timer found the kernel at work

// Without a branch, so that what it costs does not depend on the time.
std::uint64_t earlier(std::uint64_t a, std::uint64_t b) {
    return b ^ ((a ^ b) & -static_cast<std::uint64_t>(a < b));
}

// The timer has to expire at DEADLINE, or before.
void need_timer(std::uint64_t deadline) {
    if (deadline >= kernel.armed)
        return;
    kernel.armed = deadline;
    timer::arm(earlier(deadline, kernel.look));
}

// At the latest one of PARTS of a second after NOW, whoever needs it or not.
void look_after(std::uint64_t now, std::uint64_t parts) {
    kernel.look = now + kernel.boot.timebase / parts;
    timer::arm(earlier(kernel.armed, kernel.look));
}

// Somebody needed it to expire by NOW: from here on nobody does.
bool was_needed(std::uint64_t now) {
    const bool was = now >= kernel.armed;
    if (was)
        kernel.armed = timer::NEVER;
    return was;
}

std::uint64_t turn_ends() {
    return this_spin_hart().since + kernel.boot.timebase / QUANTA_A_SECOND;
}

// In the order in which they came.
void put_last(Strand& strand) {
    strand.next_ready = nullptr;
    (kernel.first_ready != nullptr ? kernel.last_ready->next_ready : kernel.first_ready) = &strand;
    kernel.last_ready = &strand;
}

void take_out(Strand& strand) {
    Strand* previous = nullptr;
    for (Strand* at = kernel.first_ready; at != &strand; at = at->next_ready)
        previous = at;
    (previous != nullptr ? previous->next_ready : kernel.first_ready) = strand.next_ready;
    if (kernel.last_ready == &strand)
        kernel.last_ready = previous;
}

Strand& pick() {
    if (kernel.first_ready == nullptr) [[unlikely]]
        await_ready();
    Strand& next = *kernel.first_ready;
    kernel.first_ready = next.next_ready;
    return next;
}

void raise(spin::StrandHandler handler, const Strand& strand) {
    if (handler == nullptr) [[likely]]
        return;
    csr::allow_interrupts();
    handler({strand.reference});
}

// Whether STRAND has but a turn: there are others, or a scheduler of its own may know some.
bool has_rivals(const Strand& strand) {
    return kernel.first_ready != nullptr || strand.handlers.checkpoint != nullptr;
}

// From SELF, which runs no more, to whoever is next; back when SELF is. In line: it costs no call.
[[gnu::always_inline]] inline void run_next(Strand& self) {
    SpinHart& hart = this_spin_hart();
    Strand& next = pick();
    next.state = Strand::State::running;
    hart.running = &next;
    hart.stack_limit = next.stack_limit;
    hart.since = timer::now();
    if (has_rivals(next))
        need_timer(turn_ends());
    if (&next != &self) {
        if (hart.devices_are_masked) [[unlikely]] {
            self.forget(Strand::DEVICES_MASKED);
            next.note(Strand::DEVICES_MASKED);
        }
        kernel.switches += 1;
        enter_space_of(next);
        switch_context(self.context, next.context);
    }
}

// The running strand has given up the processor; it returns when it is picked again.
void switch_away() {
    Strand& self = running_strand();
    self.ticks += timer::now() - this_spin_hart().since;
    raise(self.handlers.checkpoint, self);
    run_next(self);
    raise(self.handlers.resume, self);
}

} // namespace

void enter_space_of(const Strand& strand) {
    if (strand.space != nullptr) [[likely]]
        strand.space->enter();
    else
        csr::write_satp(kernel_root(), sv39::Asid(0));
}

void adopt_boot_strand(Strand& strand) {
    strand.state = Strand::State::running;
    kernel.hart.running = &strand;
    kernel.hart.since = timer::now();
    strand.stack_limit = (boot_stack_guard_page() + 1).start().raw() + KERNEL_STACK_RESERVE;
    restart_deadline(strand);
    look_after(kernel.hart.since, Deadline::TICKS_A_SECOND);
    csr::allow_interrupts();
}

void make_ready(Strand& strand) {
    strand.state = Strand::State::ready;
    strand.wake_at = timer::NEVER;
    put_last(strand);
    // With somebody else ready, the one that runs has but a quantum; alone, it needs no timer.
    if (running_strand().state == Strand::State::running)
        need_timer(turn_ends());
}

void stop(Strand& strand) {
    if (strand.state == Strand::State::ready)
        take_out(strand);
    const bool runs = strand.state == Strand::State::running;
    strand.state = Strand::State::blocked;
    if (runs)
        switch_away();
}

void block_strand(Strand& strand) {
    if (strand.handlers.block == nullptr) [[likely]]
        stop(strand);
    else
        strand.handlers.block({strand.reference});
}

void unblock_strand(Strand& strand) {
    strand.wake_at = timer::NEVER;
    if (strand.handlers.unblock != nullptr) [[unlikely]]
        raise(strand.handlers.unblock, strand);
    else if (strand.state == Strand::State::blocked)
        make_ready(strand);
}

void block_until(std::uint64_t deadline) {
    running_strand().wake_at = deadline;
    need_timer(deadline);
    block_strand(running_strand());
}

void yield() {
    Strand& self = running_strand();
    self.state = Strand::State::ready;
    put_last(self);
    switch_away();
}

void restart_deadline(const Strand& strand) {
    this_spin_hart().deadline.restart();
    this_spin_hart().stack_limit = strand.stack_limit;
}

void raise_notice(Strand& strand) {
    while (const unsigned notices = std::exchange(strand.notices, 0)) {
        if ((notices & Strand::TURN) != 0)
            strand_pause();
        if ((notices & Strand::NOTIFIED) != 0)
            raise(strand.notice, strand);
        csr::forbid_interrupts();
    }
    unmask_devices(strand); // one that waits interrupts the program at once
    if (strand.space != nullptr)
        return;
    Console console;
    print(console, "a strand was to go on with its program, and has no address space\n");
    end_program(machine_exit::PROGRAM_FAULT);
}

void keep_processor() {
    Strand& self = running_strand();
    if (self.state == Strand::State::ready)
        take_out(self);
    self.state = Strand::State::running;
}

// Its place may be free already: its last turn is nobody's, least of all the next strand's there.
void leave_processor() {
    csr::allow_interrupts();
    run_next(running_strand());
    panic("a strand that had ended was picked");
}

// Those whose time has come by NOW; for the others the timer is needed still.
static void wake_sleepers(std::uint64_t now) {
    for (Strand& strand : kernel.strands) {
        if (!strand.is_asleep())
            continue;
        if (strand.wake_at <= now)
            unblock_strand(strand);
        else
            need_timer(strand.wake_at);
    }
}

void timer_expired() {
    const std::uint64_t now = timer::now();
    const bool is_needed = was_needed(now) || kernel.timer_is_owed;
    kernel.timer_is_owed = false;
    look_after(now, Deadline::TICKS_A_SECOND);
    if (is_needed)
        wake_sleepers(now);
    end_turn_if_over();
}

void look_again_soon(std::uint64_t now) {
    kernel.timer_is_owed = was_needed(now) || kernel.timer_is_owed;
    look_after(now, LOOKS_A_SECOND);
}

bool timer_is_due() { return csr::timer_is_pending() || kernel.timer_is_owed; }

// From where interrupts may be off, to where an extension may be in the middle of something.
static void let_others_run() {
    csr::allow_interrupts();
    yield();
}

void end_turn_if_over() {
    const Strand& self = running_strand();
    if (self.state != Strand::State::running || !has_rivals(self))
        return;
    if (timer::now() >= turn_ends() || this_spin_hart().cut_off == this_spin_hart().since)
        let_others_run();
    else
        need_timer(turn_ends());
}

// The procedures of the module Strand that switch; the others are in strand.cpp.
extern "C" {

Result<void> scheduler_block(spin::StrandReference reference) {
    stop(*TRY(find_strand(reference)));
    return {};
}

Result<void> scheduler_unblock(spin::StrandReference reference) {
    Strand& strand = *TRY(find_strand(reference));
    if (strand.state == Strand::State::blocked)
        make_ready(strand);
    return {};
}

Result<void> strand_block(spin::StrandReference reference) {
    block_strand(*TRY(find_strand(reference)));
    return {};
}

Result<void> strand_unblock(spin::StrandReference reference) {
    unblock_strand(*TRY(find_strand(reference)));
    return {};
}

void strand_block_until(std::uint64_t deadline) { block_until(deadline); }

void strand_yield() { yield(); }

} // extern "C"
