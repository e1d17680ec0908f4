// Taking and giving frames; PhysAddr.Allocate and PhysAddr.Deallocate.
// SPDX-License-Identifier: MIT
//
// phys_addr_allocate is called by the pager, which holds frames in stock for fault_frame.
#include "frames.hpp"

#include "authority.hpp"
#include "kernel.hpp"

void Frames::adopt(FrameRange range) {
    const Frame first_left = range.first + pages_to_hold(range.count() * sizeof(FrameRecord));
    for (Frame frame = range.first; frame < first_left; frame = frame + 1)
        zero_page(frame_bytes(frame)); // every record is then that of a free frame
    first_ = range.first;
    records_ = {reinterpret_cast<FrameRecord*>(frame_bytes(range.first).data()), range.count()};
    for (Frame frame = range.end; frame > first_left; frame = Frame(frame.number() - 1)) {
        FrameRecord& record = records_[frame - first_ - 1];
        record.next_free = first_free_;
        first_free_ = &record;
    }
}

Result<Frame> Frames::take_zeroed(const Domain& owner) {
    const Frame frame = TRY(take(owner));
    zero_page(frame_bytes(frame));
    return frame;
}

void Frames::give(FrameRecord& record, const Domain& kernel) {
    record.generation += 1;
    // A number that came again would bring old capabilities back to life.
    if (record.generation == 0) {
        record.owner = &kernel;
        return;
    }
    record.owner = nullptr;
    record.next_free = first_free_;
    first_free_ = &record;
}

extern "C" {

Result<spin::FrameCapability> phys_addr_allocate() {
    return kernel.frames.allocate(*running_domain());
}

Result<void> phys_addr_deallocate(spin::FrameCapability frame) {
    FrameRecord& record = *TRY(held_frame(frame, running_domain()));
    if (record.mappings != 0)
        return std::unexpected(Error::would_block);
    kernel.frames.give(record, kernel.core);
    return {};
}

} // extern "C"
