// The interrupt controller's sources: the serial line's keys, the disk's answers.
// SPDX-License-Identifier: MIT
//
// Before: on_device in entry.cpp, or the scheduler with nobody to run. Next: the extension that
// takes keys (machine.cpp), or whoever waits for the disk. Both may be an extension's code, which
// may break and not come back: so a source is completed before anybody hears of it.
#include "devices.hpp"

#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/uart.hpp"

namespace {

void serve_disk() {
    kernel.disk.acknowledge();
    kernel.plic.complete(kernel.disk.interrupt());
    kernel.disk.wake();
}

// As many as the line keeps; where more came meanwhile, it interrupts again.
void serve_keys() {
    std::array<std::byte, 16> keys{};
    std::size_t count = 0;
    while (count < keys.size()) {
        const std::optional<char> key = uart::read();
        if (!key)
            break;
        keys[count++] = static_cast<std::byte>(*key);
    }
    kernel.plic.complete(kernel.boot.uart.interrupt);
    for (const std::byte key : std::span(keys).first(count))
        kernel.keys.raise(key);
}

} // namespace

void start_interrupt_controller() { kernel.plic = Plic(kernel.boot.plic); }

void enable_disk_interrupt() { kernel.plic.enable(kernel.disk.interrupt()); }

void enable_key_interrupt() {
    if (!uart::is_present())
        return;
    kernel.plic.enable(kernel.boot.uart.interrupt);
    uart::enable_receive_interrupt();
}

void serve_devices() {
    while (const std::uint32_t source = kernel.plic.claim()) {
        if (source == kernel.disk.interrupt())
            serve_disk();
        else
            serve_keys();
    }
}

void mask_devices() {
    csr::mask_device_interrupts();
    this_spin_hart().devices_are_masked = true;
    running_strand().note(Strand::DEVICES_MASKED);
}

void unmask_devices(Strand& strand) {
    csr::enable_device_interrupts();
    this_spin_hart().devices_are_masked = false;
    strand.forget(Strand::DEVICES_MASKED);
}

bool device_may_interrupt() { return kernel.disk.is_busy() || kernel.keys.are_awaited(); }

void serve_pending_interrupts() {
    if (timer_is_due())
        timer_expired();
    if (csr::device_is_pending())
        serve_devices();
}
