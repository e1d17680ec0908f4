// An idle hart: nothing is runnable, but something is pending.
// SPDX-License-Identifier: MIT
#pragma once

// Sleeps until an interrupt that is enabled (sie) is pending. Interrupts stay off in the kernel:
// wfi wakes without a trap, and the caller does what on_timer or on_device would have done, as
// csr::timer_is_pending and csr::device_is_pending tell it. A plain function, so that the probe
// knows idle time by its name.
extern "C" void idle_until_interrupt();
