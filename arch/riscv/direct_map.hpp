// The direct map: all physical memory at one constant offset, in every address space.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"
#include "arch/riscv/sv39.hpp"
#include "lib/codec.hpp"
#include "lib/memory.hpp"

inline constexpr std::uint64_t DIRECT_RAM = 0x80000000; // physical: devices below, RAM from here

constexpr VirtAddr direct_map(PhysAddr address) { return VirtAddr(address.raw() + KERNEL_OFFSET); }

// Where the kernel's own objects stand physically.
inline PhysAddr physical(const void* object) {
    return PhysAddr(reinterpret_cast<std::uint64_t>(object) - KERNEL_OFFSET);
}

// The same for any BYTES. invalid: they do not lie wholly in the direct map's part for RAM (which
// is the whole space between RAM's start and the next range of the address map).
inline Result<PhysAddr> physical_if_direct(Bytes bytes) {
    const auto start = reinterpret_cast<std::uint64_t>(bytes.data());
    const std::uint64_t first = KERNEL_OFFSET + DIRECT_RAM;
    if (start < first || start >= EXTENSION_SLOTS || bytes.size() > EXTENSION_SLOTS - start)
        return std::unexpected(Error::invalid);
    return PhysAddr(start - KERNEL_OFFSET);
}

// What lies in a range of physical memory.
inline Bytes physical_bytes(PhysRange range) {
    return {reinterpret_cast<const std::byte*>(direct_map(range.start).raw()), range.size()};
}

inline PageBytes frame_bytes(Frame frame) {
    return PageBytes(reinterpret_cast<std::byte*>(direct_map(frame.start()).raw()), PAGE_SIZE);
}

inline sv39::Table& table_in(Frame frame) {
    return *reinterpret_cast<sv39::Table*>(direct_map(frame.start()).raw());
}

// Page tables as a kernel reaches them.
struct DirectTables {
    sv39::Table& table(Frame frame) { return table_in(frame); }
};
