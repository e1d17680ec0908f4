// The pager's frames: pages of its window.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

// A server sees physical memory as anybody does: through pages. Root has mapped the frames that a
// pager gets at PAGER_WINDOW; so a frame is called here by its place there, and filled there.
class WindowFrames {
public:
    // Takes charge of COUNT pages from FIRST on, once, at start.
    void adopt(Page first, std::uint64_t count) {
        first_ = first;
        count_ = count;
    }

    // As vm::FrameHolder: all of them are there from the start.
    std::uint64_t most() const { return count_; }
    Result<void> hold(vm::FrameIndex) { return {}; }

    Page page_of(vm::FrameIndex frame) const { return first_ + frame.raw(); }
    vm::FrameIndex frame_at(Page page) const { return vm::FrameIndex(page - first_); }
    PageBytes bytes(vm::FrameIndex frame) const {
        return PageBytes(reinterpret_cast<std::byte*>(page_of(frame).start().raw()), PAGE_SIZE);
    }

private:
    Page first_;
    std::uint64_t count_ = 0;
};
