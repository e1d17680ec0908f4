// PhysAddr: page frames, named by capabilities.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../frames.cpp. Names beside SPIN's (SOSP'95, figures 1 to 4):
//   spin::FrameCapability   PhysAddr.T
//   phys_addr_allocate      PhysAddr.Allocate
//   phys_addr_deallocate    PhysAddr.Deallocate
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"

class Frames; // the kernel's

namespace spin {

// Where all memory stands in the address space that kernel and extensions share.
inline constexpr std::uint64_t MEMORY = 0xffffffc000000000; // ../frames.hpp asserts it

// The right to one page frame: a typed value that the kernel makes, and whose parts only the kernel
// reads. Checked wherever it is handed in. One word, so that it travels in a register:
//   63..32 generation of the frame, so that a capability ends with it    31..0 frame number
class FrameCapability {
public:
    constexpr FrameCapability() = default; // names no frame: there is no memory at address 0
    // The frame's bytes. Not checked: reaching a page costs an extension nothing, and that is the
    // point of its being here.
    PageBytes bytes() const {
        return PageBytes(reinterpret_cast<std::byte*>(MEMORY + frame().start().raw()), PAGE_SIZE);
    }

private:
    friend class ::Frames;
    constexpr FrameCapability(Frame frame, std::uint32_t generation)
        : raw_(static_cast<std::uint64_t>(generation) << GENERATION_SHIFT | frame.number()) {}
    constexpr Frame frame() const { return Frame(raw_ & 0xffffffff); }
    constexpr std::uint32_t generation() const {
        return static_cast<std::uint32_t>(raw_ >> GENERATION_SHIFT);
    }

    static constexpr unsigned GENERATION_SHIFT = 32;
    std::uint64_t raw_ = 0;
};

} // namespace spin

extern "C" {

// A frame with any contents, for the extension that asks. no_memory.
Result<spin::FrameCapability> phys_addr_allocate();

// Gives a frame back; its capability names nothing any more. not_permitted: it is stale, or another
// extension's; would_block: it is mapped still.
Result<void> phys_addr_deallocate(spin::FrameCapability frame);
}
