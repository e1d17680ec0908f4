// Waiting for interrupts.
// SPDX-License-Identifier: MIT
//
// Before: the scheduler, with nobody to run.
#include "devices.hpp"

#include "schedule.hpp"

#include "arch/riscv/idle.hpp"

bool device_may_interrupt() { return false; }

void await_interrupt() {
    idle_until_interrupt();
    timer_expired();
}
