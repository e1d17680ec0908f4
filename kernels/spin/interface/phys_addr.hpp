// PhysAddr: page frames, named by capabilities, from quotas.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../frames.cpp. Names beside SPIN's (SOSP'95, figures 1 to 4):
//   spin::FrameCapability   PhysAddr.T
//   spin::FrameQuota        - (SPIN's frames come to whoever asks)
//   phys_addr_allocate      PhysAddr.Allocate
//   phys_addr_deallocate    PhysAddr.Deallocate
//   spin::Reclaim           the event PhysAddr.Reclaim
#pragma once

#include "kernels/spin/interface/reference.hpp"
#include "lib/memory.hpp"
#include "lib/panic.hpp"
#include "lib/result.hpp"

class Frames; // the kernel's
class Quota;

namespace spin {

// Where all memory stands in the address space that kernel and extensions share; and what the
// kernel keeps of each frame, by its number, which extensions may read. ../frames.hpp asserts them.
inline constexpr std::uint64_t MEMORY = 0xffffffc000000000;
inline constexpr std::uint64_t RECORDS = 0xffffffc0f0000000;
inline constexpr std::uint64_t RECORD_SIZE = 32;
inline constexpr std::uint64_t GENERATION_OFFSET = 16; // of 4 bytes, within a record

// The right to one page frame; its number is the frame's.
class FrameCapability : Reference {
public:
    constexpr FrameCapability() = default; // names no frame: there is no memory at address 0
    bool operator==(const FrameCapability&) const = default;
    // The frame's bytes. No call of the kernel: reaching a page costs an extension a few
    // instructions, and that is the point of its being here. Once the frame was given back, this
    // ends the extension; bytes that it got before show nobody else's while they are on a stack
    // (../views.hpp).
    PageBytes bytes() const {
        const std::uint64_t at = number();
        const std::uint64_t record = RECORDS + at * RECORD_SIZE;
        if (*reinterpret_cast<const volatile std::uint32_t*>(record + GENERATION_OFFSET) !=
            generation()) [[unlikely]]
            panic("reached for a frame that is not its own any more");
        return PageBytes(reinterpret_cast<std::byte*>(MEMORY + at * PAGE_SIZE), PAGE_SIZE);
    }

private:
    friend class ::Frames;
    constexpr FrameCapability(Frame frame, std::uint32_t generation)
        : Reference(static_cast<std::uint32_t>(frame.number()), generation) {}
    constexpr Frame frame() const { return Frame(number()); }
};

// The right to take frames, up to a limit. An extension is given one when it starts, and whose a
// frame is says the quota that it was taken from.
class FrameQuota final : public Reference {
public:
    constexpr FrameQuota() = default; // gives nothing

private:
    friend class ::Quota;
    using Reference::Reference;
};

// The kernel is about to take CANDIDATE from its holder. A handler answers which frame of its own
// shall go instead, or the candidate, or no frame: it needs all that it has, just now.
struct Reclaim {
    FrameCapability candidate;
};
using ReclaimHandler = FrameCapability (*)(const Reclaim& event);

} // namespace spin

extern "C" {

// A frame with any contents, from REFERENCE's quota. Where none is free, Reclaim is raised to the
// holder of the quota that has most above its need. no_memory: the quota is used up, or nobody has
// more than it needs, which may be otherwise a moment later; not_permitted: the quota is none.
Result<spin::FrameCapability> phys_addr_allocate(spin::FrameQuota reference);

// How many frames REFERENCE's quota may give at most: all that extensions may hold, or fewer.
// not_permitted: the quota is none.
Result<std::uint64_t> phys_addr_limit(spin::FrameQuota reference);

// Gives a frame back to where it came from; its capability names nothing any more. not_permitted:
// it is stale; would_block: it is mapped still.
Result<void> phys_addr_deallocate(spin::FrameCapability frame);

// The holder of REFERENCE's quota can do with NEED frames: of what it has above that, some may be
// taken away, and HANDLER hears of each before. Its translations are gone then, and the capability
// names nothing any more. not_permitted; invalid: the handler is no code of an extension.
Result<void> phys_addr_install_reclaim(spin::FrameQuota reference, std::uint64_t need,
                                       spin::ReclaimHandler handler);
}
