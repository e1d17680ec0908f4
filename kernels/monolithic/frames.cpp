// Zeroed frames, and giving frames back.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

Result<Frame> Frames::take_zeroed() {
    const Frame frame = TRY(take());
    zero_page(frame_bytes(frame));
    return frame;
}

void Frames::give(Frame frame) {
    link_in(frame) = first_listed_.number();
    first_listed_ = frame;
    ++listed_;
}
