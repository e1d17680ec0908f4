// PhysAddr: whose each frame is, and the capabilities that extensions have for theirs.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "interface/phys_addr.hpp"

#include <span>

class Domain;

// Its size is a power of two, so that finding one is a shift.
struct alignas(32) FrameRecord {
    const Domain* owner = nullptr;    // nobody: the frame is free
    FrameRecord* next_free = nullptr; // while it is free
    std::uint32_t generation = 0;     // counts how often it was given back
    std::uint32_t mappings = 0;       // page-table entries of programs that name it
};
static_assert(spin::MEMORY == KERNEL_OFFSET);

class Frames {
public:
    // Takes charge of RANGE, once, at boot; the records lie in its first frames.
    void adopt(FrameRange range);

    // A frame with any contents, for OWNER. no_memory: none is free.
    Result<Frame> take(const Domain& owner) { return frame_of(*TRY(take_record(owner))); }
    // The same, zeroed.
    Result<Frame> take_zeroed(const Domain& owner);

    // A frame for an extension, which gets a capability instead of its number.
    Result<spin::FrameCapability> allocate(const Domain& owner) {
        const FrameRecord& record = *TRY(take_record(owner));
        return spin::FrameCapability(frame_of(record), record.generation);
    }

    // Makes the frame of RECORD, which somebody owns and nobody maps, free, and its capabilities
    // stale. KERNEL owns frames for ever whose generations are used up.
    void give(FrameRecord& record, const Domain& kernel);

    static Frame frame_of(spin::FrameCapability capability) { return capability.frame(); }

    // The record of CAPABILITY's frame, if the capability is not stale, and HOLDER's; else nullptr.
    FrameRecord* find(spin::FrameCapability capability, const Domain* holder) {
        FrameRecord* const record = find(capability.frame(), holder);
        const bool live = record != nullptr && record->generation == capability.generation();
        return live ? record : nullptr;
    }
    // The record of FRAME, if it is HOLDER's; else nullptr.
    FrameRecord* find(Frame frame, const Domain* holder) {
        const std::uint64_t index = frame - first_;
        const bool held = index < records_.size() && records_[index].owner == holder;
        return held ? &records_[index] : nullptr;
    }

private:
    Result<FrameRecord*> take_record(const Domain& owner) {
        FrameRecord* const record = first_free_;
        if (record == nullptr) [[unlikely]]
            return std::unexpected(Error::no_memory);
        first_free_ = record->next_free;
        record->owner = &owner;
        return record;
    }
    Frame frame_of(const FrameRecord& record) const {
        return first_ + static_cast<std::uint64_t>(&record - records_.data());
    }

    Frame first_;
    std::span<FrameRecord> records_;
    // Linked through the records, not the frames: those an extension could still reach.
    FrameRecord* first_free_ = nullptr;
};
