// An idle hart: nothing is runnable, but something is pending.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/csr.hpp"

// Sleeps until the timer's deadline has passed. Interrupts stay off in the kernel: wfi wakes
// without a trap, and the caller does what on_timer would have done.
inline void idle_until_timer() {
    while ((csr::read_sip() & csr::TIMER_INTERRUPT) == 0)
        csr::wait_for_interrupt();
}
