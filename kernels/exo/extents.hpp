// Who owns which blocks of the disk.
// SPDX-License-Identifier: MIT
//
// An extent is any row of blocks that nobody has yet; its capability names its place in the table.
// It can be taken in pieces, as large as who takes it likes. It is free again when it is returned,
// when the last binding of it ends, or when who took it ends without having bound it. Pure
// bookkeeping, also compiled for the host.
#pragma once

#include "frames.hpp"

#include <array>

struct Extent {
    std::uint64_t first = 0;  // block
    std::uint64_t blocks = 0; // 0: the place is free
    EnvironmentId owner;      // who took it
    Epoch epoch;
    std::uint64_t bindings = 0; // slots of binding tables that stand for it

    constexpr bool is_live(Epoch present) const { return blocks != 0 && epoch == present; }
    constexpr bool overlaps(std::uint64_t from, std::uint64_t count) const {
        return from < first + blocks && first < from + count;
    }
};

class ExtentTable {
public:
    static constexpr std::size_t EXTENTS = 256;

    // BLOCKS are to be had, once, at boot.
    void adopt(std::uint64_t blocks) { disk_blocks_ = blocks; }

    // COUNT blocks from FIRST on become OWNER's: the extent's number. bad_address: the disk has no
    // such blocks; not_permitted: some are somebody's; too_many.
    Result<std::uint64_t> take(std::uint64_t first, std::uint64_t count, EnvironmentId owner);
    // Extent NUMBER, if EPOCH is its present one. not_permitted.
    Result<Extent*> live(std::uint64_t number, Epoch epoch);
    // It is nobody's, and its capabilities are stale.
    void give_back(Extent& extent);
    // One binding less.
    void end_binding(Extent& extent);
    // What OWNER took and nobody binds.
    void give_back_unbound(EnvironmentId owner);

    Extent& at(std::uint64_t number) { return extents_[number]; }

private:
    std::array<Extent, EXTENTS> extents_{};
    std::uint64_t disk_blocks_ = 0;
};
