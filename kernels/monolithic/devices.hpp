// Devices as the kernel meets them: who may interrupt, and waiting for that.
// SPDX-License-Identifier: MIT
#pragma once

// Whether a device owes an interrupt that somebody waits for.
bool device_may_interrupt();

// Sleeps until the timer or a device interrupts, and does what that calls for. Interrupts do not
// trap inside the kernel, so that this is where they are noticed when nobody runs.
void await_interrupt();
