// Walking the vector of slices.
// SPDX-License-Identifier: MIT
//
// Before: start_first_environment in task.cpp, sleep_until in a primitive. All slices belong to one
// environment so far: no tick is armed at a slice's end, and whoever gives up its time is whom the
// walk comes back to.
#include "schedule.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

namespace {

// The next slice, in the vector's order, whose owner can run; nullptr after a whole turn without
// one.
const Slice* next_runnable() {
    SliceVector& vector = kernel.time;
    for (std::size_t passed = 0; passed < SliceVector::COUNT; ++passed) {
        vector.position = (vector.position + 1) % SliceVector::COUNT;
        const Slice& slice = vector.slices[vector.position];
        if (slice.owner != nullptr && slice.owner->state == Environment::State::runnable)
            return &slice;
    }
    return nullptr;
}

void begin(const Slice& slice) {
    EntryFrame& frame = this_exo_hart().stack.frame;
    frame.slice = &slice;
    frame.save_area = &slice.owner->exception.page->save;
    slice.owner->addressing.space.enter();
}

[[noreturn]] void nothing_pending(const Environment& environment) {
    Console console;
    exec::report_nothing_pending(console, environment.name);
    end_machine(machine_exit::NOTHING_PENDING);
}

} // namespace

void begin_next_slice() {
    for (;;) {
        if (const Slice* slice = next_runnable()) {
            begin(*slice);
            return;
        }
        if (kernel.first.wake_at == timer::NEVER)
            nothing_pending(kernel.first);
        idle_until_interrupt();
        wake_sleepers();
    }
}

void sleep_until(std::uint64_t deadline) {
    Environment& environment = running_environment();
    environment.state = Environment::State::asleep;
    environment.wake_at = deadline;
    timer::arm(deadline);
    begin_next_slice();
}

void wake_sleepers() {
    Environment& environment = kernel.first;
    if (environment.state == Environment::State::asleep && environment.wake_at <= timer::now()) {
        environment.state = Environment::State::runnable;
        environment.wake_at = timer::NEVER;
    }
    timer::arm(environment.wake_at);
}
