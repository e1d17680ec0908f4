// The monolithic kernel's free frames: one list for everybody.
// SPDX-License-Identifier: MIT
//
// Programs' pages (through services/vm, which calls a frame by its index) and page tables take from
// here and give back. boot.cpp takes what the kernel's own tables need first.
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "lib/result.hpp"
#include "services/block/pinned.hpp"
#include "services/vm/names.hpp"

// Frames that nobody uses: those given back, linked through their first word, and those never used
// yet, as a range.
class Frames {
public:
    // Takes charge of RANGE, once, at boot.
    void adopt(FrameRange range) {
        first_ = range.first;
        unused_ = range;
    }
    // COUNT frames side by side, for the kernel's own objects, while it starts. no_memory.
    Result<FrameRange> take_range(std::uint64_t count);

    // A frame with any contents. no_memory: none is left.
    Result<vm::FrameIndex> take() {
        if (listed_ != 0) {
            const Frame frame = first_listed_;
            first_listed_ = Frame(link_in(frame));
            --listed_;
            return index_of(frame);
        }
        if (unused_.first == unused_.end) [[unlikely]]
            return std::unexpected(Error::no_memory);
        const Frame frame = unused_.first;
        unused_.first = frame + 1;
        return index_of(frame);
    }
    // The same, zeroed.
    Result<Frame> take_zeroed();
    // Hands FRAME back; nobody may use it any more. While the disk may reach it, it is not free.
    void give(vm::FrameIndex frame) { give(frame_of(frame)); }
    void give(Frame frame);

    // block::FramePins, for the disk (disk.cpp), which has one request under way at most.
    Result<void> pin(FrameRange frames) { return pinned_.pin(frames); }
    void unpin(FrameRange frames) {
        pinned_.unpin(frames);
        give_ended();
    }
    void unpin_all() {
        pinned_.unpin_all();
        give_ended();
    }

    PageBytes bytes(vm::FrameIndex frame) const { return frame_bytes(frame_of(frame)); }
    std::uint64_t free_count() const { return listed_ + unused_.count(); }
    constexpr bool is_shared(vm::FrameIndex) const { return false; } // one service, one Memory

    // All that were adopted, the kernel's own included: the indices are dense below this.
    std::uint64_t count() const { return unused_.end - first_; }
    Frame frame_of(vm::FrameIndex index) const { return first_ + index.raw(); }
    vm::FrameIndex index_of(Frame frame) const { return vm::FrameIndex(frame - first_); }

private:
    void give_ended() {
        while (const std::optional<Frame> ended = pinned_.take_ended())
            give(*ended);
    }
    // The first word of a free frame: the number of the next one.
    static std::uint64_t& link_in(Frame frame) {
        return *reinterpret_cast<std::uint64_t*>(frame_bytes(frame).data());
    }

    Frame first_;
    FrameRange unused_;
    std::uint64_t listed_ = 0;
    Frame first_listed_; // meaningful while listed_ is not 0
    block::PinnedFrames<1> pinned_;
};
