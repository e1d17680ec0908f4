// Interrupts of devices: claimed, and told by stores.
// SPDX-License-Identifier: MIT
//
// Before: entry.S, or an idle hart (schedule.cpp). An interrupt for an environment that does not
// run disturbs nobody: its word has changed when its slice comes.
#include "devices.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/uart.hpp"
#include "arch/riscv/upcalls.hpp"

namespace {

abi::exo::Keys& ring() {
    return *reinterpret_cast<abi::exo::Keys*>(frame_bytes(kernel.keys.frame).data());
}

void drop_keys() {
    while (uart::read()) {
    }
}

// As long as there is room. false: what comes then stays in the device. What nobody wants does not:
// its interrupt would come again and again.
bool read_keys() {
    if (kernel.keys.owner == EnvironmentId()) {
        drop_keys();
        return true;
    }
    abi::exo::Keys& keys = ring();
    volatile std::uint64_t& written = keys.written;
    while (written - keys.taken < abi::exo::Keys::BYTES) {
        const std::optional<char> key = uart::read();
        if (!key)
            return true;
        keys.bytes[written % abi::exo::Keys::BYTES] = static_cast<unsigned char>(*key);
        written = written + 1;
    }
    return false;
}

} // namespace

void start_devices() {
    kernel.plic = Plic(kernel.boot.plic);
    if (kernel.disk.is_there())
        kernel.plic.enable(kernel.disk.interrupt());
}

// A device whose interrupt is not completed does not interrupt again.
void on_device() {
    while (const std::uint32_t source = kernel.plic.claim()) {
        if (source == kernel.disk.interrupt())
            kernel.disk.on_interrupt();
        else if (!read_keys()) {
            kernel.keys.is_stalled = true;
            continue;
        }
        kernel.plic.complete(source);
    }
}

void look_for_room() {
    if (!kernel.keys.is_stalled || !read_keys()) [[likely]]
        return;
    kernel.keys.is_stalled = false;
    kernel.plic.complete(kernel.boot.uart.interrupt);
}

Result<void> take_keys(Environment& environment, std::uint64_t slot) {
    if (kernel.keys.owner != EnvironmentId())
        return std::unexpected(Error::busy);
    const CapabilityName bound = environment.bindings.at(slot);
    if (!bound.is_frame_with(Rights::read_write()))
        return std::unexpected(Error::not_permitted);
    kernel.keys.owner = environment.id;
    kernel.keys.frame = bound.frame();
    kernel.frames.record(bound.frame()).pins += 1;
    if (uart::is_present()) {
        kernel.plic.enable(kernel.boot.uart.interrupt);
        uart::enable_receive_interrupt();
    }
    return {};
}

void leave_keys(const Environment& environment) {
    if (kernel.keys.owner != environment.id)
        return;
    kernel.frames.record(kernel.keys.frame).pins -= 1;
    kernel.keys.owner = EnvironmentId();
}

bool keys_are_there() {
    return kernel.keys.owner != EnvironmentId() && ring().written != ring().taken;
}

bool waits_for_keys(const Environment& environment) {
    if (kernel.keys.owner == EnvironmentId())
        return false;
    for (std::size_t i = 0; i < environment.terms; ++i)
        if (const Result<PhysAddr> word = word_of(environment, environment.page->terms[i].word))
            if (Frame::containing(*word) == kernel.keys.frame)
                return true;
    return false;
}
