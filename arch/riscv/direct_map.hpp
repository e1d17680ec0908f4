// The direct map: all physical memory at one constant offset, in every address space.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"
#include "arch/riscv/sv39.hpp"
#include "lib/codec.hpp"
#include "lib/memory.hpp"

constexpr VirtAddr direct_map(PhysAddr address) { return VirtAddr(address.raw() + KERNEL_OFFSET); }

// Where the kernel's own objects stand physically.
inline PhysAddr physical(const void* object) {
    return PhysAddr(reinterpret_cast<std::uint64_t>(object) - KERNEL_OFFSET);
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
