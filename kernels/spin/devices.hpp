// Interrupts of devices: whose they are, and waiting for them.
// SPDX-License-Identifier: MIT
#pragma once

struct Strand;

// Lets the interrupt controller through; then the disk, and each key.
void start_interrupt_controller();
void enable_disk_interrupt();
void enable_key_interrupt();

// Serves every device that has something to say.
void serve_devices();

// Serves the timer and the devices, as far as they interrupt at this moment. Interrupts do not trap
// inside the kernel: this is where they are noticed while it works or nobody runs.
void serve_pending_interrupts();

// A device interrupted the kernel, where nothing is done about it. None does again before STRAND,
// the one that runs then, goes on with its program, or nobody is ready.
void mask_devices();
void unmask_devices(Strand& strand);

// Whether a device owes an interrupt that somebody waits for.
bool device_may_interrupt();
