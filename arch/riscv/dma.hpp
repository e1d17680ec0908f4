// A page of memory that a driver shares with a device.
// SPDX-License-Identifier: MIT
//
// Trusted code: drivers (services/block/virtio) know neither pointers nor physical addresses, and
// reach such a page by offsets that are checked here. The machine's devices see physical memory as
// it is, coherently.
#pragma once

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "lib/panic.hpp"

#include <cstdint>

class DmaPage {
public:
    // FRAME is zeroed, and nobody else's.
    explicit DmaPage(Frame frame) : frame_(frame) {}

    std::uint8_t load8(std::uint32_t offset) { return at<std::uint8_t>(offset); }
    std::uint16_t load16(std::uint32_t offset) { return at<std::uint16_t>(offset); }
    std::uint32_t load32(std::uint32_t offset) { return at<std::uint32_t>(offset); }
    void store8(std::uint32_t offset, std::uint8_t value) { at<std::uint8_t>(offset) = value; }
    void store16(std::uint32_t offset, std::uint16_t value) { at<std::uint16_t>(offset) = value; }
    void store32(std::uint32_t offset, std::uint32_t value) { at<std::uint32_t>(offset) = value; }
    void store64(std::uint32_t offset, std::uint64_t value) { at<std::uint64_t>(offset) = value; }

    void order() { csr::fence_memory_and_devices(); }

    PhysAddr start() const { return frame_.start(); }
    // Where a device sees BYTES. invalid: they are not in the direct map (a kernel stack is not).
    Result<PhysAddr> address_of(std::span<const std::byte, PAGE_SIZE> bytes) const {
        return physical_if_direct(bytes);
    }

private:
    template <class T>
    volatile T& at(std::uint32_t offset) {
        if (offset > PAGE_SIZE - sizeof(T) || offset % sizeof(T) != 0)
            panic("a driver left its page");
        return *reinterpret_cast<volatile T*>(direct_map(frame_.start() + offset).raw());
    }

    Frame frame_;
};
