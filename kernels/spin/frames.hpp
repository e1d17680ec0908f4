// PhysAddr: whose each frame is, and the capabilities that extensions have for theirs.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "interface/phys_addr.hpp"

#include <span>

class Domain;

struct FrameRecord {
    const Domain* owner = nullptr; // nobody: the frame is free
    std::uint32_t generation = 0;  // counts how often it was given back
    std::uint32_t mappings = 0;    // page-table entries of programs that name it
};

class Frames {
public:
    // Takes charge of RANGE, once, at boot; the records lie in its first frames.
    void adopt(FrameRange range);

    // A frame with any contents, for OWNER. no_memory: none is free.
    Result<Frame> take(const Domain& owner) {
        if (first_free_ == NONE) [[unlikely]]
            return std::unexpected(Error::no_memory);
        const Frame frame = first_free_;
        first_free_ = Frame(link_in(frame));
        record_of(frame).owner = &owner;
        return frame;
    }
    // The same, zeroed.
    Result<Frame> take_zeroed(const Domain& owner);

    // A frame for an extension, which gets a capability instead of its number.
    Result<spin::FrameCapability> allocate(const Domain& owner) {
        const Frame frame = TRY(take(owner));
        return spin::FrameCapability(frame_bytes(frame), record_of(frame).generation);
    }

    // Makes FRAME, which somebody owns and nobody maps, free, and its capabilities stale.
    void give(Frame frame);

    static Frame frame_of(spin::FrameCapability capability) {
        return Frame::containing(physical(capability.bytes_.data()));
    }

    // The record of CAPABILITY's frame, if the capability is not stale, and HOLDER's; else nullptr.
    FrameRecord* find(spin::FrameCapability capability, const Domain* holder) {
        FrameRecord& record = record_of(frame_of(capability));
        const bool live = record.owner == holder && record.generation == capability.generation_;
        return live ? &record : nullptr;
    }

private:
    static constexpr Frame NONE{}; // frame 0 is no RAM

    FrameRecord& record_of(Frame frame) { return records_[frame - first_]; }
    static std::uint64_t& link_in(Frame free) {
        return *reinterpret_cast<std::uint64_t*>(frame_bytes(free).data());
    }

    Frame first_;
    std::span<FrameRecord> records_;
    Frame first_free_; // free frames are linked through their first word
};
