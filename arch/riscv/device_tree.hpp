// Reading the flattened device tree: pure code, also compiled for the host.
// SPDX-License-Identifier: MIT
//
// Devicetree Specification v0.4, chapter 5 "Flattened Devicetree (DTB) Format". Two address cells
// and two size cells are assumed below the root, which is what QEMU's virt machine writes.
#pragma once

#include "arch/riscv/boot_info.hpp"
#include "lib/codec.hpp"

// Fills memory, hart_count, timebase, arguments, random_seed, initial_ram_disk and test_device. The
// views point into TREE. malformed: not a device tree, or one that leaves its own blocks;
// not_found: it names no memory.
Result<BootInfo> read_device_tree(Bytes tree);

// The size in bytes that a device tree's header claims, for mapping it before it is read.
// malformed.
Result<std::uint64_t> device_tree_size(Bytes header);
