// The disk as ExOS has it: blocks of an extent, by the kernel's primitive.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/result.hpp"
#include "services/block/device.hpp"
#include "services/vm/names.hpp"

// The file system's part: block::Device over the extent behind slots::FILES_EXTENT. What it reads
// and writes lies in the shared section.
class Disk {
public:
    // Blocks of the whole machine's disk are taken from 0 on. As take_extent.
    Result<void> take(std::uint64_t blocks);

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes);
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes);
    Result<void> flush();
    std::uint64_t block_count() const; // of the machine's disk
    bool is_read_only() const;
};

static_assert(block::Device<Disk>);

// This process's swap: vm::SwapDevice. Of the machine's it takes pieces as it needs them, and can
// so use all; they are free again when it ends.
class SwapArea {
public:
    std::uint64_t slots() const { return slots_; }
    void adopt(std::uint64_t slots) { slots_ = slots; }
    Result<void> read(vm::SwapSlot slot, PageBytes page);
    Result<void> write(vm::SwapSlot slot, PageBytes page);

    bool was_used() const { return pieces_ != 0; }
    // What was written, for the environment behind slot TARGET, a child, to have for itself.
    // no_memory: there is too little swap. The frame behind slots::MAKING is used for it.
    Result<void> copy_to(std::uint64_t target);

private:
    std::uint64_t slots_ = 0;
    std::uint64_t pieces_ = 0; // those that were taken, a bit each
};
