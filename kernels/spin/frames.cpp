// Taking and giving frames; PhysAddr.Allocate and PhysAddr.Deallocate.
// SPDX-License-Identifier: MIT
//
// phys_addr_allocate is called by the pager, which holds frames in stock for fault_frame.
#include "frames.hpp"

#include "authority.hpp"
#include "kernel.hpp"
#include "views.hpp"

#include "arch/riscv/kernel_map.hpp"

#include <algorithm>
#include <utility>

void Quota::begin(std::uint32_t number, std::uint32_t limit, std::uint32_t kernel_limit) {
    number_ = number;
    generation_ += 1;
    limit_ = limit;
    kernel_limit_ = kernel_limit;
}

void Quota::end() {
    generation_ += 1;
    limit_ = 0;
    kernel_limit_ = 0;
    reclaim_ = nullptr;
}

void KernelFrames::adopt(FrameRange range) {
    for (Frame frame = range.end; frame > range.first;) {
        frame = Frame(frame.number() - 1);
        give(frame, nullptr);
    }
}

// The first word of a free frame: the number of the next one, and whether the rest is zeroes.
constexpr std::uint64_t ZEROES = 1ULL << 63;

Result<Frame> KernelFrames::take_zeroed(Quota* quota) {
    if (free_count_ == 0 || (quota != nullptr && quota->kernel_is_used_up()))
        return std::unexpected(Error::no_memory);
    const Frame frame = first_free_;
    const PageBytes bytes = frame_bytes(frame);
    const std::uint64_t link = *load<std::uint64_t>(bytes, 0); // a page holds a word
    first_free_ = Frame(link & ~ZEROES);
    free_count_ -= 1;
    if ((link & ZEROES) != 0)
        static_cast<void>(store(bytes, 0, std::uint64_t{0})); // as above
    else
        zero_page(bytes);
    if (quota != nullptr)
        quota->took_for_kernel();
    return frame;
}

void KernelFrames::give(Frame frame, Quota* quota, Contents contents) {
    if (quota != nullptr)
        quota->gave_for_kernel();
    if (!pinned_.keep(frame)) [[likely]]
        put_free(frame, contents);
}

void KernelFrames::put_free(Frame frame, Contents contents) {
    const std::uint64_t flag = contents == Contents::zeroes ? ZEROES : 0;
    static_cast<void>(store(frame_bytes(frame), 0, first_free_.number() | flag)); // as above
    first_free_ = frame;
    free_count_ += 1;
}

void KernelFrames::unpin(FrameRange frames) {
    pinned_.unpin(frames);
    free_ended();
}

void KernelFrames::unpin_all() {
    pinned_.unpin_all();
    free_ended();
}

void KernelFrames::free_ended() {
    while (const std::optional<Frame> ended = pinned_.take_ended())
        put_free(*ended, Contents::any);
}

namespace {

// Where extensions read the record of FRAME.
VirtAddr shown_record(Frame frame) {
    return VirtAddr(FRAME_RECORDS) + frame.number() * sizeof(FrameRecord);
}

} // namespace

void Frames::adopt(FrameRange range, FrameRange tables) {
    first_ = range.first;
    const std::uint64_t offset = shown_record(first_).raw() % PAGE_SIZE;
    records_ = {reinterpret_cast<FrameRecord*>(frame_bytes(tables.first).data() + offset),
                range.count()};
    for (std::uint64_t index = range.count(); index-- > 0;) {
        FrameRecord& record = *new (&records_[index]) FrameRecord;
        put_free(record);
    }
}

Result<void> Frames::show_records() const {
    KernelTables tables(nullptr);
    Frame frame = Frame::containing(physical(records_.data()));
    const Page end = Page::containing(shown_record(first_ + (count() - 1))) + 1;
    for (Page page = Page::containing(shown_record(first_)); page < end; page = page + 1) {
        TRY(sv39::map(tables, kernel_root(), page, frame, sv39::PteFlags::kernel(Rights::read())));
        frame = frame + 1;
    }
    return {};
}

void Frames::put_to_rest(FrameRecord& record) {
    record.next_free = first_resting_;
    first_resting_ = &record;
    resting_count_ += 1;
}

// Looked at when nothing else is free: the more rest then, the fewer looks there are.
[[gnu::cold, gnu::noinline]] void Frames::free_rested() {
    FrameRecord* record = std::exchange(first_resting_, nullptr);
    if (record == nullptr)
        return;
    resting_count_ = 0;
    clear_stack_below();
    for_each_word_held([&](std::uint64_t word) {
        for (const std::uint64_t address : {word - VIEW_REACH, word + VIEW_REACH - 1})
            if (FrameRecord* const shown =
                    find(Frame::containing(PhysAddr(address - KERNEL_OFFSET))))
                shown->is_in_view = true;
    });
    while (record != nullptr) {
        FrameRecord& next = *record;
        record = next.next_free;
        if (std::exchange(next.is_in_view, false))
            put_to_rest(next);
        else
            put_free(next);
    }
}

void Frames::put_free(FrameRecord& record) {
    record.owner = nullptr;
    record.next_free = first_free_;
    first_free_ = &record;
    free_count_ += 1;
}

Result<spin::FrameCapability> Frames::allocate(Quota& quota) {
    if (first_free_ == nullptr) [[unlikely]]
        free_rested();
    FrameRecord* const record = first_free_;
    if (record == nullptr || quota.is_used_up()) [[unlikely]]
        return std::unexpected(Error::no_memory);
    first_free_ = record->next_free;
    free_count_ -= 1;
    record->owner = &quota;
    quota.took();
    return capability_of(*record);
}

spin::FrameCapability Frames::first_of(const Quota& owner) const {
    return capability_of(*std::ranges::find(records_, &owner, &FrameRecord::owner));
}

void Frames::give(FrameRecord& record) {
    record.owner->gave();
    record.owner = nullptr;
    record.mappings = 0;
    record.generation += 1;
    // A number that came again would bring old capabilities back to life.
    if (record.generation != 0 && !pinned_.keep(frame_of(record))) [[likely]]
        put_to_rest(record);
}

void Frames::unpin(FrameRange frames) {
    pinned_.unpin(frames);
    free_ended();
}

void Frames::unpin_all() {
    pinned_.unpin_all();
    free_ended();
}

void Frames::free_ended() {
    while (const std::optional<Frame> ended = pinned_.take_ended())
        put_to_rest(*find(*ended)); // only what has a record came here
}

void Frames::give_all(Quota& quota) {
    for (FrameRecord& record : records_) {
        if (quota.held() == 0)
            break;
        if (record.owner == &quota)
            give(record);
    }
}

namespace {

// The quota, but ASKING, that has most above its need; nullptr: none has.
Quota* richest_but(const Quota& asking) {
    Quota* richest = nullptr;
    for (Quota& quota : kernel.quotas)
        if (&quota != &asking && quota.above_need() > (richest ? richest->above_need() : 0))
            richest = &quota;
    return richest;
}

// Whether a program maps the frame of RECORD. Only where that may be is it counted.
bool is_mapped(FrameRecord& record) {
    if (record.mappings == 0)
        return false;
    record.mappings = 0;
    for (const Space& space : kernel.spaces)
        if (space.is_used())
            record.mappings += space.mappings_of(record);
    return record.mappings != 0;
}

// The record of CAPABILITY's frame, if it is OWNER's; else nullptr.
FrameRecord* record_of(spin::FrameCapability capability, const Quota& owner) {
    FrameRecord* const record = kernel.frames.find(capability);
    return record != nullptr && record->owner == &owner ? record : nullptr;
}

// PhysAddr.Reclaim: a frame of somebody else's becomes free, if there is one to be had. Its holder
// may name another than the candidate, or none, or have given one back by itself.
[[gnu::cold, gnu::noinline]] void reclaim_for(const Quota& asking) {
    Quota* const quota = richest_but(asking);
    if (quota == nullptr)
        return;
    const spin::FrameCapability candidate = kernel.frames.first_of(*quota);
    const spin::FrameCapability answer = quota->reclaim()({candidate});
    if (answer == spin::FrameCapability())
        return;
    FrameRecord* record = record_of(answer, *quota);
    if (record == nullptr)
        record = record_of(candidate, *quota);
    if (record == nullptr)
        return;
    for (Space& space : kernel.spaces)
        if (record->mappings != 0 && space.is_used())
            space.unmap_all_of(*record);
    kernel.frames.give(*record);
}

} // namespace

extern "C" {

Result<spin::FrameCapability> phys_addr_allocate(spin::FrameQuota reference) {
    Quota& quota = *TRY(find_quota(reference));
    Result<spin::FrameCapability> frame = kernel.frames.allocate(quota);
    if (frame || quota.is_used_up()) [[likely]]
        return frame;
    reclaim_for(quota);
    return kernel.frames.allocate(quota);
}

Result<std::uint64_t> phys_addr_limit(spin::FrameQuota reference) {
    return TRY(find_quota(reference))->limit();
}

Result<void> phys_addr_install_reclaim(spin::FrameQuota reference, std::uint64_t need,
                                       spin::ReclaimHandler handler) {
    Quota& quota = *TRY(find_quota(reference));
    TRY(owner_of(handler));
    quota.let_reclaim(need, handler);
    return {};
}

Result<void> phys_addr_deallocate(spin::FrameCapability frame) {
    FrameRecord& record = *TRY(find_frame(frame));
    if (is_mapped(record))
        return std::unexpected(Error::would_block);
    kernel.frames.give(record);
    return {};
}

} // extern "C"
