// Taking and giving frames.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include "lib/codec.hpp"

Result<Frame> Frames::take() {
    if (listed_ != 0) {
        const Frame frame = first_listed_;
        // Cannot fail: a page is larger than a link.
        first_listed_ = Frame(MUST(load<std::uint64_t>(frame_bytes(frame), 0)));
        --listed_;
        return frame;
    }
    if (unused_.count() == 0) [[unlikely]]
        return std::unexpected(Error::no_memory);
    const Frame frame = unused_.first;
    unused_.first = frame + 1;
    return frame;
}

Result<Frame> Frames::take_zeroed() {
    const Frame frame = TRY(take());
    zero_page(frame_bytes(frame));
    return frame;
}

void Frames::give(Frame frame) {
    // Cannot fail: a page is larger than a link.
    MUST(store(frame_bytes(frame), 0, first_listed_.number()));
    first_listed_ = frame;
    ++listed_;
}
