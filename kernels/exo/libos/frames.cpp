// Allocating, binding and mapping frames: everything explicit, everything by name.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include "primitives.hpp"

namespace {

// Makes FRAME, by its physical name, ours, and calls it SLOT: the dear part, done once. Next:
// ../authority.cpp.
Result<void> make_ours(Frame frame, std::uint64_t slot) {
    const abi::exo::Capability capability = TRY(primitive::allocate(frame));
    TRY(primitive::bind(capability, slot));
    const Page page = Page::containing(VirtAddr(EXO_WINDOW + slot * PAGE_SIZE));
    return primitive::install(slot, page, Rights::read_write(), Access::store);
}

} // namespace

Result<void> HeldFrames::hold(vm::FrameIndex slot) {
    const Frame first(environment_page().first_frame);
    const Frame end(environment_page().frames_end);
    // A frame that is taken is somebody else's: ask for the next one.
    while (first + candidates_ < end)
        if (make_ours(first + candidates_++, slot.raw()))
            return {};
    return std::unexpected(Error::no_memory);
}
