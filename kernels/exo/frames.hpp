// Who owns which frame of the machine.
// SPDX-License-Identifier: MIT
//
// The kernel hands frames out by their physical names, to whoever asks for a free one, and keeps no
// list of free ones: choosing is the library OS's business, which reads the same book
// (abi/exo/exposed.hpp). Pure bookkeeping, also compiled for the host; syscall.cpp and
// authority.cpp use it.
//
//   free -> owned (allocate) -> nobody's (deallocate, or its owner's end) -> free, once nobody
//   binds or maps it any more and no device may reach it
#pragma once

#include "capability.hpp"

#include "abi/exo/exposed.hpp"
#include "abi/exo/primitives.hpp"

#include <array>
#include <span>

// Who owns a frame, a slice, an extent.
class EnvironmentId {
public:
    constexpr EnvironmentId() = default; // nobody
    explicit constexpr EnvironmentId(std::uint64_t raw) : raw_(static_cast<std::uint16_t>(raw)) {}
    static constexpr EnvironmentId kernel() { return EnvironmentId(abi::exo::FrameRecord::KERNEL); }
    constexpr std::uint16_t raw() const { return raw_; }
    constexpr bool operator==(const EnvironmentId&) const = default;

private:
    std::uint16_t raw_ = 0;
};

using abi::exo::FrameRecord;

class FrameTable {
public:
    // Takes charge of frames FIRST and following, one for each of RECORDS. Once, at boot.
    void adopt(Frame first, std::span<FrameRecord> records);

    // Gives FRAME, which is free, to OWNER, and returns the epoch of its capability. bad_address:
    // no such frame; not_permitted: it is somebody's, or in use still.
    Result<Epoch> allocate(Frame frame, EnvironmentId owner);

    // Any free frame, from the top, for what the kernel needs itself. no_memory.
    Result<Frame> take(EnvironmentId owner);

    // Makes FRAME nobody's and its capabilities stale. not_permitted: it is nobody's, EPOCH is not
    // its present one, or its epochs are used up.
    Result<void> deallocate(Frame frame, Epoch epoch);
    // The same for a frame of OWNER's, if it is that.
    void disown(Frame frame, EnvironmentId owner);

    // Whether FRAME is OWNER's, and nobody uses it but by one binding.
    bool is_alone(Frame frame, EnvironmentId owner) const;
    // Such a FRAME becomes a part of what NEXT is made of: no capability is good for it any more.
    void take_over(Frame frame, EnvironmentId next);
    // A part that has two users: no single one owns it.
    void make_common(Frame frame) { set_owner(record(frame), EnvironmentId::kernel()); }
    // How many frames are OWNER's.
    std::uint32_t owned(EnvironmentId owner) const { return owned_[owner.raw()]; }

    // The record of FRAME, if EPOCH is the present one and somebody owns it. not_permitted.
    Result<FrameRecord*> live(Frame frame, Epoch epoch);

    // The record of a frame that was live when it was bound, and is therefore one of the table's.
    FrameRecord& record(Frame frame) { return records_[frame - first_]; }
    const FrameRecord& record(Frame frame) const { return records_[frame - first_]; }

    Frame first() const { return first_; }
    Frame end() const { return first_ + records_.size(); }

private:
    bool holds(Frame frame) const { return frame >= first() && frame < end(); }
    void set_owner(FrameRecord& record, EnvironmentId owner);

    Frame first_;
    std::span<FrameRecord> records_;
    std::size_t search_end_ = 0; // take() found nothing free at or above this index
    std::array<std::uint32_t, abi::exo::ENVIRONMENTS + 1> owned_{}; // by number; not the kernel's
};
