// Slices: begun, announced to end, and what waits for one.
// SPDX-License-Identifier: MIT
//
// Before: boot.cpp; a primitive that gives time away; the timer. Next: enter_environment in
// entry.S, at the `begin` or `end` that the environment has set.
#include "schedule.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

// entry.S: user mode at the frame's pc, with no register of anybody's.
extern "C" [[noreturn]] void enter_environment(EntryFrame& frame);

namespace {

using abi::exo::EXCESS_SLICES;
using abi::exo::SLICE_TICKS;
using abi::exo::SLICES;

void need_timer(std::uint64_t time) {
    if (time >= kernel.time.armed)
        return;
    kernel.time.armed = time;
    timer::arm(time);
}

// Whether ENVIRONMENT can run now: who waited in vain so far may do so no longer.
bool can_run(Environment& environment) {
    if (environment.callee != nullptr)
        return false; // it goes on when it is returned to
    if (environment.state == Environment::State::waiting && wait_is_over(environment))
        environment.end_wait();
    return environment.state == Environment::State::ready;
}

// The next slice, in the vector's order, whose owner can run; none after a whole turn.
Environment* next_runnable() {
    SliceVector& vector = kernel.time;
    std::size_t position = vector.position;
    for (std::size_t passed = 0; passed < vector.used_end; ++passed) {
        position = position + 1 < vector.used_end ? position + 1 : 0;
        const EnvironmentId owner = vector.owners[position];
        if (owner == EnvironmentId() || !can_run(environment_at(owner)))
            continue;
        vector.position = position;
        return &environment_at(owner);
    }
    return nullptr;
}

// Whether anybody else than RUNNING could have a slice now.
bool others_can_run(const Environment& running) {
    return std::ranges::any_of(kernel.environments, [&](Environment& other) {
        return &other != &running && other.is_there() && other.slices != 0 && can_run(other);
    });
}

[[noreturn]] void enter(Environment& environment) {
    EntryFrame& frame = this_exo_hart().stack.frame;
    kernel.time.ends_seen = 0;
    begin_answer(environment);
    frame.environment = &environment;
    frame.save_area = &environment.page->save;
    frame.pc = environment.contexts.begin;
    if (csr::read_satp() != environment.space.satp())
        environment.space.enter();
    need_timer(std::min(kernel.time.end, environment.alarm));
    enter_environment(frame);
}

[[noreturn]] void begin(Environment& environment) {
    kernel.time.end = timer::now() + SLICE_TICKS;
    enter(environment);
}

[[noreturn]] void nothing_pending() {
    Console console;
    exec::report_nothing_pending(console, kernel.environments[0].name());
    end_machine(machine_exit::NOTHING_PENDING);
}

// Nobody can run. The first deadline sets the timer.
void await_something() {
    std::uint64_t first = timer::NEVER;
    bool hears_keys = false;
    for (const Environment& environment : kernel.environments)
        if (environment.state == Environment::State::waiting && environment.slices != 0) {
            first = std::min(first, environment.deadline);
            hears_keys |= waits_for_keys(environment);
        }
    if (first == timer::NEVER && !kernel.disk.is_busy() && !hears_keys)
        nothing_pending();
    kernel.time.armed = first;
    timer::arm(first);
    idle_until_interrupt();
    if (csr::device_is_pending())
        on_device();
}

[[noreturn]] void end_in_words(Environment& environment, std::string_view why) {
    Console console;
    print(console, "program '", environment.name(), "' ended: ", why, "\n");
    if (&environment == &kernel.environments.front())
        end_machine(machine_exit::PROGRAM_FAULT);
    destroy_environment(environment);
    begin_next_slice();
}

void end_who_is_silent() {
    if (Environment* const silent = silent_environment())
        end_in_words(*silent, "it was asked for frames, and did not give them back");
}

// The running environment is told that its time is over, and goes on at its `end`; once.
void announce(Environment& environment) {
    constexpr std::size_t T0 = 5;
    EntryFrame& frame = this_exo_hart().stack.frame;
    InterruptFrame& interrupt = interrupt_frame();
    abi::exo::SaveArea& area = environment.page->interrupted;
    kernel.time.ends_seen = 1;
    environment.alarm = timer::NEVER;
    area.pc = frame.pc;
    area.registers[T0 - 1] = interrupt.registers[T0];
    interrupt.registers[T0] = EXO_ENVIRONMENT + EXO_INTERRUPTED;
    frame.pc = environment.contexts.end;
}

} // namespace

void begin_next_slice() {
    look_for_room();
    if (kernel.revocation.asked != EnvironmentId()) [[unlikely]]
        end_who_is_silent();
    for (;;) {
        if (Environment* const next = next_runnable())
            begin(*next);
        await_something();
        look_for_room();
    }
}

void begin_rest_of_slice(Environment& environment) { enter(environment); }

bool wait_is_over(const Environment& environment) {
    if (environment.deadline != timer::NEVER && environment.deadline <= timer::now())
        return true;
    for (std::size_t i = 0; i < environment.terms; ++i) {
        const abi::exo::Term& term = environment.page->terms[i];
        const Result<PhysAddr> word = word_of(environment, term.word);
        // A word that it does not bind any more keeps nobody waiting.
        if (!word ||
            *reinterpret_cast<const volatile std::uint64_t*>(direct_map(*word).raw()) != term.value)
            return true;
    }
    return false;
}

void set_waiting(Environment& environment, std::uint64_t terms, std::uint64_t deadline) {
    environment.terms = terms;
    environment.deadline = deadline;
    environment.state = Environment::State::waiting;
    need_timer(deadline);
}

Result<void> give_slice(std::uint64_t position, Environment& owner, Environment& other) {
    if (position >= SLICES)
        return std::unexpected(Error::invalid);
    EnvironmentId& present = kernel.time.owners[position];
    if (present != EnvironmentId() && present != owner.id)
        return std::unexpected(Error::not_permitted);
    if (present == owner.id)
        owner.slices -= 1;
    present = other.id;
    other.slices += 1;
    kernel.time.used_end = std::max<std::size_t>(kernel.time.used_end, position + 1);
    return {};
}

void give_slices_back(Environment& environment) {
    for (EnvironmentId& owner : kernel.time.owners)
        if (environment.slices != 0 && owner == environment.id) {
            owner = EnvironmentId();
            environment.slices -= 1;
        }
    std::size_t& end = kernel.time.used_end;
    while (end != 0 && kernel.time.owners[end - 1] == EnvironmentId())
        --end;
}

void set_alarm(std::uint64_t time) {
    if (kernel.time.ends_seen != 0)
        return; // it has been told already, and would be interrupted again and again
    running_environment().alarm = time;
    need_timer(time);
}

namespace {

// Another slice's end that ENVIRONMENT has overrun. Counted, not measured: a host that runs
// something else meanwhile is no fault of his.
void count_excess(Environment& environment) {
    kernel.time.ends_seen += 1;
    if (kernel.time.ends_seen > EXCESS_SLICES)
        end_in_words(environment, "it did not yield at the end of its slice");
}

// ENVIRONMENT runs in the slice of who called it, and is not told of its end; its caller is, by an
// interrupt as soon as it returns (ipc.S). So nobody keeps the processor by calling whenever the
// timer is due; and nobody is made to overrun by such a caller, since the ends count since the
// call.
void watch_transfer(Environment& environment, std::uint64_t now) {
    if (now < kernel.time.end)
        return need_timer(kernel.time.end);
    std::uint64_t& overruns = this_exo_hart().stack.frame.overruns;
    overruns += 1;
    if (overruns > EXCESS_SLICES)
        end_in_words(environment, "it did not return from a protected control transfer");
    need_timer(now + SLICE_TICKS);
}

} // namespace

// Whoever is alone is not disturbed, unless it may hear what was typed. Also the interrupt that a
// transfer's return makes pending.
void on_timer() {
    Environment& environment = running_environment();
    const std::uint64_t now = timer::now();
    kernel.time.armed = timer::NEVER;
    const bool is_over = kernel.time.end <= now;
    if (environment.caller != nullptr)
        return watch_transfer(environment, now);
    if (kernel.time.ends_seen != 0) {
        if (is_over)
            count_excess(environment);
    } else if (environment.alarm <= now ||
               (is_over && (others_can_run(environment) || keys_are_there()))) {
        announce(environment);
    }
    if (is_over)
        kernel.time.end = now + SLICE_TICKS;
    need_timer(std::min(kernel.time.end, environment.alarm));
}
