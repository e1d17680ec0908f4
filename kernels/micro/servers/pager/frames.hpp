// The pager's free frames: pages of its window.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

// A server sees physical memory as anybody does: through pages. The loader has mapped the frames
// that it handed to the pager at PAGER_WINDOW; so a frame is called here by its place there, and
// filled there.
class WindowFrames {
public:
    // Takes charge of COUNT pages from FIRST on, once, at start.
    void adopt(Page first, std::uint64_t count) {
        first_ = first;
        unused_ = 0;
        count_ = count;
    }

    // no_memory: none is left.
    Result<vm::FrameIndex> take() {
        if (listed_ != 0) [[unlikely]]
            return take_listed();
        if (unused_ == count_) [[unlikely]]
            return std::unexpected(Error::no_memory);
        return vm::FrameIndex(unused_++);
    }
    void give(vm::FrameIndex frame) {
        link_in(frame) = first_listed_;
        first_listed_ = frame;
        ++listed_;
    }
    std::uint64_t free_count() const { return count_ - unused_ + listed_; }
    constexpr bool is_shared(vm::FrameIndex) const { return false; } // one service, one Memory

    Page page_of(vm::FrameIndex frame) const { return first_ + frame.raw(); }
    PageBytes bytes(vm::FrameIndex frame) const {
        return PageBytes(reinterpret_cast<std::byte*>(page_of(frame).start().raw()), PAGE_SIZE);
    }

private:
    // The first word of a frame that was given back: the next one.
    vm::FrameIndex& link_in(vm::FrameIndex frame) const {
        return *reinterpret_cast<vm::FrameIndex*>(page_of(frame).start().raw());
    }
    Result<vm::FrameIndex> take_listed() {
        const vm::FrameIndex frame = first_listed_;
        first_listed_ = link_in(frame);
        --listed_;
        return frame;
    }

    Page first_;
    std::uint64_t unused_ = 0; // the first one that was never used
    std::uint64_t count_ = 0;
    std::uint64_t listed_ = 0;
    vm::FrameIndex first_listed_; // meaningful while listed_ is not 0
};
