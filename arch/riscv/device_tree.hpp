// Reading the flattened device tree: pure code, also compiled for the host.
// SPDX-License-Identifier: MIT
//
// Devicetree Specification v0.4, chapter 5 "Flattened Devicetree (DTB) Format". Two address cells
// and two size cells are assumed below the root and below `soc`, and one interrupt cell at the
// PLIC, which is what QEMU's virt machine writes.
#pragma once

#include "arch/riscv/boot_info.hpp"
#include "lib/codec.hpp"

// Fills all of BootInfo but free_frames, for HART. The views point into TREE. malformed: not a
// device tree, or one that leaves its own blocks; not_found: it names no memory; too_many: more
// virtio slots than BootInfo holds. Devices that it does not name stay empty.
Result<BootInfo> read_device_tree(Bytes tree, std::uint64_t hart);

// The size in bytes that a device tree's header claims, for mapping it before it is read.
// malformed.
Result<std::uint64_t> device_tree_size(Bytes header);
