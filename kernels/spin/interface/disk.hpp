// Disk: the machine's disk, by blocks.
// SPDX-License-Identifier: MIT
//
// What an extension of the system sees of ../placement/disk.cpp. The driver is the kernel's: it
// names physical memory to a device, which no check contains. SPIN's drivers, written in C, were
// asserted safe in the same way. Not of SpinPublic: only the extensions that share the disk get it
// (extension.cpp). Whoever calls waits for the device; others run meanwhile. On a machine that was
// started without UNIX there is no disk: not_found, and no blocks.
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"

#include <cstdint>

extern "C" {

// Block NUMBER, of 4,096 bytes, into or from memory that lies in one frame. invalid: no such block,
// or memory that is none of the extension's; input_output; not_permitted: the disk takes no writes.
Result<void> disk_read(std::uint64_t number, PageBytes bytes);
Result<void> disk_write(std::uint64_t number, std::span<const std::byte, PAGE_SIZE> bytes);
// What was written is durable. input_output.
Result<void> disk_flush();

std::uint64_t disk_block_count();
bool disk_is_read_only();
}
