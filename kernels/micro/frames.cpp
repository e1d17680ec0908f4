// Taking frames, and handing them over.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include <algorithm>

Result<Frame> KernelFrames::take_zeroed() {
    if (unused_.count() == 0) [[unlikely]]
        return std::unexpected(Error::no_memory);
    const Frame frame = unused_.first;
    unused_.first = frame + 1;
    zero_page(frame_bytes(frame));
    return frame;
}

FrameRange KernelFrames::hand_over(std::uint64_t keep, std::uint64_t count) {
    const std::uint64_t spare = unused_.count() - std::min(keep, unused_.count());
    const Frame end = unused_.end;
    unused_.end = Frame(end.number() - std::min(spare, count));
    return {unused_.end, end};
}
