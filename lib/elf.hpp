// Reading an ELF executable: checked once, then walked segment by segment.
// SPDX-License-Identifier: MIT
//
// Used to load what the initial RAM disk holds (services/exec/loader.hpp), and by an exec that maps
// a file's pages instead of loading them. Files are not trusted: everything is checked against the
// file's size and the image's slot before the first segment is handed out. What a loadable segment
// is, is decided in one place (elf.cpp), for every loader and for the choice of the slot. Names
// after the System V ABI, chapters 4 and 5, and the RISC-V ELF psABI.
#pragma once

#include "lib/codec.hpp"
#include "lib/fault.hpp"

#include <array>
#include <cstdint>

namespace elf {

// How many bytes of a file's beginning are looked at: all headers must stand there.
inline constexpr std::size_t HEAD_BYTES = PAGE_SIZE;

struct Segment {
    VirtAddr start;             // page-aligned
    std::uint64_t memory_bytes; // not 0; what lies beyond the file's bytes is zero
    Bytes file;                 // these bytes, where the whole file is at hand
    Rights rights;
    std::uint64_t file_offset =
        0; // where in the file they stand; page-aligned unless file_bytes is 0
    std::uint64_t file_bytes = 0; // how many: at most memory_bytes
};

// [base, base + size): where every segment must lie.
struct Slot {
    VirtAddr base;
    std::uint64_t size;
};

class Executable {
public:
    static constexpr std::size_t MAX_SEGMENTS = 8;

    // Checks all of FILE. A segment that takes no memory is a linker's leftover: it may stand
    // anywhere, and is left out. malformed: not a static RISC-V executable of 64 bits; headers
    // beyond HEAD_BYTES; a segment that leaves the file or SLOT, is not page-aligned in both, meets
    // the one before it, has more bytes in the file than in memory, or is both writable and
    // executable; an entry that is in none that is executable, or odd.
    static Result<Executable> parse(Bytes file, Slot slot);
    // The same of a file of FILE_SIZE bytes of which only the first, HEAD, are at hand: HEAD_BYTES,
    // or all there are. The segments' `file` is empty.
    static Result<Executable> parse_head(Bytes head, std::uint64_t file_size, Slot slot);

    VirtAddr entry() const { return entry_; }
    std::span<const Segment> segments() const { return {segments_.data(), count_}; }

private:
    VirtAddr entry_;
    std::array<Segment, MAX_SEGMENTS> segments_{};
    std::size_t count_ = 0;
};

// The lowest address that a file which begins with HEAD wants to stand at, so that its slot can be
// found: that of the first segment to be loaded. malformed: there is none, or it breaks a rule.
Result<VirtAddr> first_address(Bytes head);

} // namespace elf
