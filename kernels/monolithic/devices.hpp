// Interrupts of devices: whose they are, and waiting for them.
// SPDX-License-Identifier: MIT
#pragma once

// Lets the serial line and the disk interrupt.
void enable_device_interrupts();

// Serves every device that has something to say.
void serve_devices();

// Serves the timer and the devices, as far as they interrupt at this moment. Interrupts do not trap
// inside the kernel: this is where they are noticed while it works or nobody runs.
void serve_pending_interrupts();

// Whether a device owes an interrupt that somebody waits for.
bool device_may_interrupt();
