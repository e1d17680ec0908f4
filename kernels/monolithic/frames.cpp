// Zeroed frames, and giving frames back.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

Result<Frame> Frames::take_zeroed() {
    const Frame frame = frame_of(TRY(take()));
    zero_page(frame_bytes(frame));
    return frame;
}

Result<FrameRange> Frames::take_range(std::uint64_t count) {
    if (count > unused_.count())
        return std::unexpected(Error::no_memory);
    const Frame first = unused_.first;
    unused_.first = first + count;
    return FrameRange{first, first + count};
}

void Frames::give(Frame frame) {
    if (pinned_.keep(frame)) [[unlikely]]
        return; // unpin gives it
    link_in(frame) = first_listed_.number();
    first_listed_ = frame;
    ++listed_;
}
