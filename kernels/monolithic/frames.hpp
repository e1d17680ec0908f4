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
    Result<Frame> take();
    // The same, zeroed.
    Result<Frame> take_zeroed();
    // Hands FRAME back; nobody may use it any more.
    void give(Frame frame);

    PageBytes bytes(Frame frame) const { return frame_bytes(frame); }
    std::uint64_t free_count() const { return listed_ + unused_.count(); }

private:
    FrameRange unused_;
    std::uint64_t listed_ = 0;
    Frame first_listed_; // meaningful while listed_ is not 0
};
