// Allocating, binding and mapping frames: everything explicit, everything by name.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include "primitives.hpp"

// Makes FRAME, by its physical name, ours: the dear part, done once. Next: ../authority.cpp.
Result<void> HeldFrames::hold(Frame frame) {
    const abi::exo::Capability capability = TRY(primitive::allocate(frame));
    TRY(primitive::bind(capability, held_));
    const Page page = Page::containing(VirtAddr(EXO_WINDOW + held_ * PAGE_SIZE));
    TRY(primitive::install(held_, page, Rights::read_write(), Access::store));
    held_ += 1;
    return {};
}

Result<vm::FrameIndex> HeldFrames::take_listed_or_hold_more() {
    if (listed_ != 0) {
        const vm::FrameIndex slot = first_listed_;
        first_listed_ = link_in(slot);
        --listed_;
        return slot;
    }
    TRY(hold_more());
    return take();
}

Result<void> HeldFrames::hold_more() {
    const Frame first(environment_page().first_frame);
    const Frame end(environment_page().frames_end);
    for (std::uint64_t got = 0; got < BATCH && held_ < abi::exo::BINDINGS; ++candidates_) {
        const Frame candidate = first + candidates_;
        if (candidate >= end)
            break;
        // A frame that is taken is somebody else's: ask for the next one.
        if (hold(candidate))
            ++got;
    }
    if (next_ == held_)
        return std::unexpected(Error::no_memory);
    return {};
}
