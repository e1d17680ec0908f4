// The monolithic kernel's free frames: one list for everybody.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "lib/result.hpp"

// Frames that nobody uses: those given back, linked through their first word, and those never used
// yet, as a range. As the frame source of services/vm it calls a frame by its number.
class Frames {
public:
    using Name = Frame;

    // Takes charge of RANGE, once, at boot.
    void adopt(FrameRange range) { unused_ = range; }

    // A frame with any contents. no_memory: none is left.
    Result<Frame> take() {
        if (listed_ != 0) {
            const Frame frame = first_listed_;
            first_listed_ = Frame(link_in(frame));
            --listed_;
            return frame;
        }
        if (unused_.first == unused_.end) [[unlikely]]
            return std::unexpected(Error::no_memory);
        const Frame frame = unused_.first;
        unused_.first = frame + 1;
        return frame;
    }
    // The same, zeroed.
    Result<Frame> take_zeroed();
    // COUNT frames side by side, for the kernel's own objects, while it starts. no_memory.
    Result<FrameRange> take_range(std::uint64_t count);
    // Hands FRAME back; nobody may use it any more.
    void give(Frame frame);

    PageBytes bytes(Frame frame) const { return frame_bytes(frame); }
    std::uint64_t free_count() const { return listed_ + unused_.count(); }

private:
    // The first word of a free frame: the number of the next one.
    static std::uint64_t& link_in(Frame frame) {
        return *reinterpret_cast<std::uint64_t*>(frame_bytes(frame).data());
    }

    FrameRange unused_;
    std::uint64_t listed_ = 0;
    Frame first_listed_; // meaningful while listed_ is not 0
};
