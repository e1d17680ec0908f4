// PhysAddr: page frames, named by capabilities.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../frames.cpp. Names beside SPIN's (SOSP'95, figure 1):
//   spin::FrameCapability   PhysAddr.T
//   phys_addr_allocate      PhysAddr.Allocate
//   phys_addr_deallocate    PhysAddr.Deallocate
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"

class Frames; // the kernel's

namespace spin {

// The right to one page frame: a typed value that only the kernel can make, and whose parts only
// the kernel can read. Checked wherever it is handed in.
class FrameCapability {
public:
    // The frame's bytes, mapped in the address space that kernel and extensions share. Not checked:
    // reaching a page costs an extension nothing, and that is the point of its being here.
    PageBytes bytes() const { return bytes_; }

private:
    friend class ::Frames;
    FrameCapability(PageBytes bytes, std::uint64_t generation)
        : bytes_(bytes), generation_(generation) {}

    PageBytes bytes_;
    std::uint64_t generation_; // of the frame, so that a capability ends with its frame
};

} // namespace spin

extern "C" {

// A frame with any contents, for the extension that asks. no_memory.
Result<spin::FrameCapability> phys_addr_allocate();

// Gives a frame back; its capability names nothing any more. not_permitted: it is stale, or another
// extension's; would_block: it is mapped still.
Result<void> phys_addr_deallocate(spin::FrameCapability frame);
}
