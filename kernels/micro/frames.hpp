// The microkernel's frames: what it needs for itself while it runs, and no more.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "lib/result.hpp"

// At boot all free frames are here; the loader takes what images and page tables need and hands the
// rest to the server that manages memory. What stays is for page tables: a server must not be able
// to write those.
class KernelFrames {
public:
    // Takes charge of RANGE, once, at boot.
    void adopt(FrameRange range) { unused_ = range; }

    // A zeroed frame. no_memory: the reserve is used up.
    Result<Frame> take_zeroed();

    // Gives up all but KEEP frames, at most COUNT of them, for a server.
    FrameRange hand_over(std::uint64_t keep, std::uint64_t count);

private:
    FrameRange unused_;
};
