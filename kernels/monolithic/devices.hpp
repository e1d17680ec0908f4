// Interrupts of devices: whose they are, and waiting for them.
// SPDX-License-Identifier: MIT
#pragma once

// Lets the serial line and the disk interrupt.
void enable_device_interrupts();

// Serves every device that has something to say.
void serve_devices();

// Whether a device owes an interrupt that somebody waits for.
bool device_may_interrupt();

// Sleeps until the timer or a device interrupts, and does what that calls for. Interrupts do not
// trap inside the kernel, so that this is where they are noticed when nobody runs.
void await_interrupt();
