// PhysAddr: frames of two kinds, the kernel's own and those that extensions hold by quotas.
// SPDX-License-Identifier: MIT
//
// A frame is of one kind for good: whatever the kernel depends on (page tables, kernel stacks,
// extensions' own code and data) lies in frames that no extension ever held. A frame that an
// extension gave back rests until no stack shows it any more (views.hpp).
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "interface/phys_addr.hpp"
#include "services/block/pinned.hpp"

#include <cstddef>
#include <span>

// How many frames an extension may hold, and does. Kernel memory that it causes (tables of its
// spaces) has a limit of its own.
class Quota {
public:
    // An extension begins with nothing held. References to what stood here before are stale.
    void begin(std::uint32_t number, std::uint32_t limit, std::uint32_t kernel_limit);
    // It has given everything back.
    void end();

    spin::FrameQuota reference() const { return {number_, generation_}; }
    static std::uint32_t number_of(spin::FrameQuota reference) { return reference.number(); }

    std::uint32_t held() const { return held_; }
    std::uint32_t limit() const { return limit_; }

    // Above NEED frames may be taken away; HANDLER hears of it before.
    void let_reclaim(std::uint64_t need, spin::ReclaimHandler handler) {
        need_ = need;
        reclaim_ = handler;
    }
    std::uint64_t above_need() const {
        return reclaim_ != nullptr && held_ > need_ ? held_ - need_ : 0;
    }
    spin::ReclaimHandler reclaim() const { return reclaim_; }

    std::uint32_t kernel_held() const { return kernel_held_; }
    bool is_used_up() const { return held_ == limit_; }
    void took() { held_ += 1; }
    void gave() { held_ -= 1; }
    bool kernel_is_used_up() const { return kernel_held_ == kernel_limit_; }
    void took_for_kernel() { kernel_held_ += 1; }
    void gave_for_kernel() { kernel_held_ -= 1; }

private:
    std::uint32_t number_ = 0;
    std::uint32_t generation_ = 1; // references of generation 0 name nothing
    std::uint32_t limit_ = 0;
    std::uint32_t held_ = 0;
    std::uint64_t need_ = 0;
    spin::ReclaimHandler reclaim_ = nullptr; // none: nothing is taken away
    std::uint32_t kernel_limit_ = 0;
    std::uint32_t kernel_held_ = 0;
};

// The kernel's own frames: linked through their own bytes, which nobody else can reach.
class KernelFrames {
public:
    void adopt(FrameRange range);
    std::uint64_t free_count() const { return free_count_; }

    // no_memory. QUOTA pays, unless it is nobody's.
    Result<Frame> take_zeroed(Quota* quota);
    // FRAME is nobody's any more. While the disk may reach it, it is not free. A table whose
    // entries were all taken away holds zeroes, and need not be zeroed again.
    enum class Contents : std::uint8_t { any, zeroes };
    void give(Frame frame, Quota* quota, Contents contents = Contents::any);

    // block::FramePins, for the disk (placement/disk.cpp), which has one request under way at most.
    Result<void> pin(FrameRange frames) { return pinned_.pin(frames); }
    void unpin(FrameRange frames);
    void unpin_all();

private:
    void put_free(Frame frame, Contents contents);
    void free_ended();

    Frame first_free_; // 0: none
    std::uint64_t free_count_ = 0;
    block::PinnedFrames<1> pinned_;
};

// Its size is a power of two, so that finding one is a shift.
struct alignas(32) FrameRecord {
    Quota* owner = nullptr;           // none: the frame is free
    FrameRecord* next_free = nullptr; // while it is free, or rests
    std::uint32_t generation = 1; // of the capability for it; counts how often it was given back
    bool is_in_view = false;      // while it rests: a stack may show it
    // Page-table entries of programs that name it, or more: those of spaces that have ended are not
    // taken off. phys_addr_deallocate counts again.
    std::uint64_t mappings = 0;
};
static_assert(spin::MEMORY == KERNEL_OFFSET && spin::RECORDS == FRAME_RECORDS);
static_assert(spin::RECORD_SIZE == sizeof(FrameRecord));
static_assert(spin::GENERATION_OFFSET == offsetof(FrameRecord, generation));

// The frames of extensions.
class Frames {
public:
    // Takes charge of RANGE, once, at boot; the records lie in TABLES.
    void adopt(FrameRange range, FrameRange tables);
    // Frames that records for COUNT others take. Their first page may not begin with a record.
    static std::uint64_t tables_for(std::uint64_t count) {
        return pages_to_hold(count * sizeof(FrameRecord)) + 1;
    }
    // Maps the records where extensions read them (FRAME_RECORDS). no_memory.
    Result<void> show_records() const;
    std::uint64_t count() const { return records_.size(); }
    // Also those that rest.
    std::uint64_t free_count() const { return free_count_ + resting_count_; }

    // A frame with any contents for QUOTA's holder. no_memory: none is free, or all that are rest.
    Result<spin::FrameCapability> allocate(Quota& quota);

    // The first frame of OWNER's, who has one.
    spin::FrameCapability first_of(const Quota& owner) const;

    // The frame of RECORD, which somebody owns and nobody maps, rests, and its capabilities are
    // stale. One whose generations are used up is never lent again; while the disk may reach it, it
    // is not free.
    void give(FrameRecord& record);
    // The same for all that QUOTA's holder still has. Nobody maps them any more.
    void give_all(Quota& quota);

    // block::FramePins, as KernelFrames has them.
    Result<void> pin(FrameRange frames) { return pinned_.pin(frames); }
    void unpin(FrameRange frames);
    void unpin_all();

    static Frame frame_of(spin::FrameCapability capability) { return capability.frame(); }

    // The record of CAPABILITY's frame, if the capability is not stale; else nullptr.
    FrameRecord* find(spin::FrameCapability capability) {
        FrameRecord* const record = find(capability.frame());
        const bool live = record != nullptr && record->generation == capability.generation();
        return live ? record : nullptr;
    }
    // The record of FRAME; nullptr: it is the kernel's.
    FrameRecord* find(Frame frame) {
        const std::uint64_t index = frame - first_;
        return index < records_.size() ? &records_[index] : nullptr;
    }

private:
    Frame frame_of(const FrameRecord& record) const {
        return first_ + static_cast<std::uint64_t>(&record - records_.data());
    }
    spin::FrameCapability capability_of(const FrameRecord& record) const {
        return {frame_of(record), record.generation};
    }
    void put_free(FrameRecord& record);
    void put_to_rest(FrameRecord& record);
    void free_rested();
    void free_ended();

    Frame first_;
    std::span<FrameRecord> records_;
    // Linked through the records, not the frames: those an extension could still reach.
    FrameRecord* first_free_ = nullptr;
    std::uint64_t free_count_ = 0;
    FrameRecord* first_resting_ = nullptr;
    std::uint64_t resting_count_ = 0;
    block::PinnedFrames<1> pinned_;
};
