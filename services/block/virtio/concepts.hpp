// What a virtio driver needs of its placement: registers, shared memory, pins, and a way to wait.
// SPDX-License-Identifier: MIT
//
// A kernel supplies these from its HAL (arch/riscv/mmio.hpp, arch/riscv/dma.hpp); a server from
// what its kernel granted it; a test from a device of its own making. Who owns frames pins those
// that a request names (services/block/pinned.hpp). A kernel that never sleeps needs no Wait.
#pragma once

#include "lib/address.hpp"
#include "services/block/device.hpp"

#include <concepts>
#include <cstdint>

namespace virtio {

// The device's registers, by their offset in bytes: 32 bits each, in the order of the accesses.
template <class R>
concept Registers = requires(R& registers, std::uint32_t offset, std::uint32_t value) {
    { registers.load(offset) } -> std::same_as<std::uint32_t>;
    { registers.store(offset, value) } -> std::same_as<void>;
};

// A page that driver and device share, zeroed at first: loads and stores at offsets in bytes, each
// carried out once and where it is written, little-endian, never beyond the page.
template <class M>
concept DmaMemory = requires(M& memory, std::uint32_t offset, std::uint8_t byte, std::uint16_t half,
                             std::uint32_t word, std::uint64_t doubleword,
                             block::ConstBlockBytes block) {
    { memory.load8(offset) } -> std::same_as<std::uint8_t>;
    { memory.load16(offset) } -> std::same_as<std::uint16_t>;
    { memory.load32(offset) } -> std::same_as<std::uint32_t>;
    { memory.store8(offset, byte) } -> std::same_as<void>;
    { memory.store16(offset, half) } -> std::same_as<void>;
    { memory.store32(offset, word) } -> std::same_as<void>;
    { memory.store64(offset, doubleword) } -> std::same_as<void>;
    // Orders all accesses to memory and registers before it before those behind it.
    { memory.order() } -> std::same_as<void>;
    // Where the device sees the page, and where it sees a block of the caller's, which lies there
    // in one piece. invalid: the device cannot reach it.
    { memory.start() } -> std::same_as<PhysAddr>;
    { memory.address_of(block) } -> std::same_as<Result<PhysAddr>>;
};

// Returns once the device's on_interrupt was called, or sooner.
template <class W>
concept Wait = requires(W& wait) {
    { wait.wait() } -> std::same_as<void>;
};

} // namespace virtio
