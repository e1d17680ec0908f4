// The frame table: whose each frame is, and how often it is in use.
// SPDX-License-Identifier: MIT
//
// The kernel hands frames out by their physical names, to whoever asks for a free one, and keeps no
// list of free ones: choosing is the library OS's business. Pure bookkeeping, also compiled for the
// host; syscall.cpp and authority.cpp use it.
#pragma once

#include "capability.hpp"

#include <span>

// Who owns a frame.
class EnvironmentId {
public:
    constexpr EnvironmentId() = default; // nobody
    explicit constexpr EnvironmentId(std::uint16_t raw) : raw_(raw) {}
    static constexpr EnvironmentId kernel() { return EnvironmentId(0xffff); }
    constexpr std::uint16_t raw() const { return raw_; }
    constexpr bool operator==(const EnvironmentId&) const = default;

private:
    std::uint16_t raw_ = 0;
};

struct FrameRecord {
    EnvironmentId owner;
    Epoch epoch;
    std::uint32_t bindings = 0; // slots of binding tables that stand for it
    std::uint32_t mappings = 0; // page-table entries that name it
};

class FrameTable {
public:
    // Takes charge of frames FIRST and following, one for each of RECORDS. Once, at boot.
    void adopt(Frame first, std::span<FrameRecord> records);

    // Gives FRAME, which nobody owns, to OWNER, and returns the epoch of its capability.
    // bad_address: no such frame; not_permitted: it is somebody's.
    Result<Epoch> allocate(Frame frame, EnvironmentId owner);

    // Any free frame, from the top, for what the kernel needs itself. no_memory.
    Result<Frame> take(EnvironmentId owner);

    // Makes FRAME nobody's and its capabilities stale. would_block: it is bound or mapped still.
    // not_permitted: it is nobody's, or EPOCH is not its present one.
    Result<void> deallocate(Frame frame, Epoch epoch);

    // The record of FRAME, if EPOCH is the present one and somebody owns it. not_permitted.
    Result<FrameRecord*> live(Frame frame, Epoch epoch);

    // The record of a frame that was live when it was bound, and is therefore one of the table's.
    FrameRecord& record(Frame frame) { return records_[frame - first_]; }

    Frame first() const { return first_; }
    Frame end() const { return first_ + records_.size(); }

private:
    Frame first_;
    std::span<FrameRecord> records_;
    std::size_t search_end_ = 0; // take() found nothing free at or above this index
};
