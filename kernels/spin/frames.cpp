// Taking and giving frames; PhysAddr.Allocate and PhysAddr.Deallocate.
// SPDX-License-Identifier: MIT
//
// phys_addr_allocate is called from fault_frame (services/vm/fault.cpp, in the pager).
#include "frames.hpp"

#include "authority.hpp"
#include "kernel.hpp"

void Frames::adopt(FrameRange range) {
    const Frame first_left = range.first + pages_to_hold(range.count() * sizeof(FrameRecord));
    for (Frame frame = range.first; frame < first_left; frame = frame + 1)
        zero_page(frame_bytes(frame)); // every record is then that of a free frame
    first_ = range.first;
    records_ = {reinterpret_cast<FrameRecord*>(frame_bytes(range.first).data()), range.count()};
    for (Frame frame = first_left; frame < range.end; frame = frame + 1)
        link_in(frame) = (frame + 1 < range.end ? frame + 1 : NONE).number();
    first_free_ = first_left;
}

Result<Frame> Frames::take_zeroed(const Domain& owner) {
    const Frame frame = TRY(take(owner));
    zero_page(frame_bytes(frame));
    return frame;
}

void Frames::give(Frame frame) {
    record_of(frame).owner = nullptr;
    record_of(frame).generation += 1;
    link_in(frame) = first_free_.number();
    first_free_ = frame;
}

extern "C" {

Result<spin::FrameCapability> phys_addr_allocate() {
    return kernel.frames.allocate(*running_domain());
}

Result<void> phys_addr_deallocate(spin::FrameCapability frame) {
    const FrameRecord& record = *TRY(held_frame(frame));
    if (record.mappings != 0)
        return std::unexpected(Error::would_block);
    kernel.frames.give(Frames::frame_of(frame));
    return {};
}

} // extern "C"
