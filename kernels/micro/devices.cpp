// The interrupt controller, and frames that devices may reach.
// SPDX-License-Identifier: MIT
//
// Before: on_device in entry.cpp, or the scheduler with nobody to run. Next: the driver, by way of
// ipc::notify. What a device is, only its driver knows.
#include "devices.hpp"

#include "ipc.hpp"
#include "kernel.hpp"

void start_interrupt_controller() { kernel.plic = Plic(kernel.boot.plic); }

Result<void> bind_interrupt(Thread& thread, std::uint64_t source, std::uint64_t bit) {
    const bool is_there = source != 0 && source < kernel.interrupts.size();
    if (!is_there || thread.interrupt != 0 || (bit & Thread::IN_SERVICE) != 0)
        return std::unexpected(Error::invalid);
    if (kernel.interrupts[source] != nullptr)
        return std::unexpected(Error::busy);
    kernel.interrupts[source] = &thread;
    kernel.notice_bits[source] = bit;
    kernel.bound_interrupts += 1;
    thread.interrupt = static_cast<std::uint32_t>(source);
    kernel.plic.enable(thread.interrupt);
    return {};
}

// One whose driver has ended stays claimed, and so is silent.
void serve_devices() {
    while (const std::uint32_t source = kernel.plic.claim()) {
        Thread* const driver =
            source < kernel.interrupts.size() ? kernel.interrupts[source] : nullptr;
        if (driver != nullptr)
            ipc::notify(*driver, kernel.notice_bits[source] | Thread::IN_SERVICE);
    }
}

void complete_interrupt(Thread& thread) {
    thread.notices &= ~Thread::IN_SERVICE;
    kernel.plic.complete(thread.interrupt);
}

void release_interrupt(Thread& thread) {
    if (thread.interrupt == 0)
        return;
    kernel.interrupts[thread.interrupt] = nullptr;
    kernel.bound_interrupts -= 1;
    thread.interrupt = 0;
}

Result<void> pin(const Thread& thread, Frame frame) {
    for (Kernel::Pin& pin : kernel.pins)
        if (pin.by == abi::micro::NOBODY) {
            pin = {thread.token, frame};
            kernel.frames.count(frame, 1);
            return {};
        }
    return std::unexpected(Error::too_many);
}

void unpin_all(std::uint64_t token) {
    for (Kernel::Pin& pin : kernel.pins)
        if (pin.by == token) {
            kernel.frames.count(pin.frame, KernelFrames::ONE_LESS);
            pin.by = abi::micro::NOBODY;
        }
}
