// The swap map: how many page records and frames name each slot of the swap device.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/result.hpp"
#include "services/vm/names.hpp"

#include <span>

namespace vm {

// A slot in use has users; one that was, and is free, is in a list, oldest first, behind those that
// were never used: so a slot whose device failed is not at once tried again.
struct SlotRecord {
    std::uint32_t users = 0;
    std::uint32_t next = 0; // of a free one: the next free one
};

class Slots {
public:
    void adopt(std::span<SlotRecord> storage);

    std::uint64_t count() const { return slots_.size(); }
    std::uint64_t free_count() const { return slots_.size() - unused_from_ + listed_; }
    // Records from here on hold anything.
    std::uint64_t used_end() const { return unused_from_; }

    // A slot with one user. no_memory.
    Result<SwapSlot> take();
    void share(SwapSlot slot) { ++slots_[slot.raw()].users; }
    // One user less; without any it is free.
    void release(SwapSlot slot);
    std::uint64_t users(SwapSlot slot) const { return slots_[slot.raw()].users; }

private:
    std::span<SlotRecord> slots_;
    std::uint64_t unused_from_ = 0; // slots from here on were never used
    std::uint64_t listed_ = 0;      // free ones that were
    SwapSlot first_;                // of these, while there are any
    SwapSlot last_;
};

} // namespace vm
