// Reading an ELF executable: checked once, then walked segment by segment.
// SPDX-License-Identifier: MIT
//
// Used to load what the initial RAM disk holds (services/exec/loader.hpp), and by an exec that maps
// a file's pages instead of loading them. Files are not trusted: everything is checked against the
// file's size and the image's slot before the first segment is handed out. Names after the System V
// ABI, chapters 4 and 5, and the RISC-V ELF psABI.
#pragma once

#include "lib/codec.hpp"
#include "lib/fault.hpp"

#include <array>
#include <cstdint>

namespace elf {

struct Segment {
    VirtAddr start;             // page-aligned
    std::uint64_t memory_bytes; // what lies beyond the file's bytes is zero
    Bytes file;                 // these bytes, where the whole file is at hand
    Rights rights;
    std::uint64_t file_offset = 0; // where in the file they stand
    std::uint64_t file_bytes = 0;  // how many: at most memory_bytes
};

// [base, base + size): where every segment must lie.
struct Slot {
    VirtAddr base;
    std::uint64_t size;
};

class Executable {
public:
    static constexpr std::size_t MAX_SEGMENTS = 8;

    // Checks all of FILE. malformed: not a static RISC-V executable of 64 bits, a table or segment
    // that leaves the file or SLOT, is not page-aligned, is out of order, or is both writable and
    // executable.
    static Result<Executable> parse(Bytes file, Slot slot);
    // The same of a file of FILE_SIZE bytes of which only the first, HEAD, are at hand: they must
    // hold the headers. The segments' `file` is empty.
    static Result<Executable> parse_head(Bytes head, std::uint64_t file_size, Slot slot);

    VirtAddr entry() const { return entry_; }
    std::span<const Segment> segments() const { return {segments_.data(), count_}; }

private:
    VirtAddr entry_;
    std::array<Segment, MAX_SEGMENTS> segments_{};
    std::size_t count_ = 0;
};

// The lowest address that FILE wants to stand at, so that its slot can be found from its file.
Result<VirtAddr> first_address(Bytes file);

} // namespace elf
