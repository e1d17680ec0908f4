// Taking and giving frames.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

namespace {

// The first word of a free frame: the number of the next one.
std::uint64_t& link_in(Frame frame) {
    return *reinterpret_cast<std::uint64_t*>(frame_bytes(frame).data());
}

} // namespace

Result<Frame> Frames::take() {
    if (listed_ != 0) {
        const Frame frame = first_listed_;
        first_listed_ = Frame(link_in(frame));
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
    link_in(frame) = first_listed_.number();
    first_listed_ = frame;
    ++listed_;
}
