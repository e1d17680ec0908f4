// The interrupt controller's sources: the serial line's keys, the disk's answers.
// SPDX-License-Identifier: MIT
//
// Before: on_device in entry.cpp, or the scheduler with nobody to run. Next: services/unix (the
// terminal), or whoever waits for the disk.
#include "devices.hpp"

#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/uart.hpp"

void enable_device_interrupts() {
    kernel.plic = Plic(kernel.boot.plic);
    kernel.plic.enable(kernel.disk.interrupt());
    if (uart::is_present()) {
        kernel.plic.enable(kernel.boot.uart.interrupt);
        uart::enable_receive_interrupt();
    }
}

void serve_devices() {
    while (const std::uint32_t source = kernel.plic.claim()) {
        if (source == kernel.disk.interrupt())
            kernel.disk.on_interrupt();
        else
            while (const std::optional<char> key = uart::read())
                kernel.system.terminal_input(static_cast<std::byte>(*key));
        kernel.plic.complete(source);
    }
}

bool device_may_interrupt() {
    return kernel.disk.is_busy() || !kernel.events[unix::Event::terminal().number()].is_empty() ||
           kernel.system.may_interrupt();
}

void serve_pending_interrupts() {
    if (csr::timer_is_pending())
        timer_expired();
    if (csr::device_is_pending())
        serve_devices();
}
