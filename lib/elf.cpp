// Checking an ELF executable before anything of it is used.
// SPDX-License-Identifier: MIT
#include "lib/elf.hpp"

#include <optional>

namespace elf {
namespace {

// Field offsets in the file header and in a program header (System V ABI, figures 4-3 and 5-1,
// 64-bit).
constexpr std::uint32_t MAGIC = 0x464c457f; // 0x7f 'E' 'L' 'F'
constexpr std::uint8_t CLASS_64 = 2;
constexpr std::uint8_t LEAST_BYTE_FIRST = 1;
constexpr std::uint16_t TYPE_EXECUTABLE = 2;
constexpr std::uint16_t MACHINE_RISCV = 243;
constexpr std::uint32_t SEGMENT_LOAD = 1;
constexpr std::uint32_t SEGMENT_INTERPRETER = 3; // names a dynamic linker, which there is not
constexpr std::uint64_t PROGRAM_HEADER_BYTES = 56;
constexpr std::uint32_t FLAG_EXECUTE = 1;
constexpr std::uint32_t FLAG_WRITE = 2;

// The file header: where execution begins, and the program headers.
struct Header {
    VirtAddr entry;
    Bytes table;
};

Result<Header> parse_header(Bytes head) {
    const bool known = TRY(load<std::uint32_t>(head, 0)) == MAGIC &&
                       TRY(load<std::uint8_t>(head, 4)) == CLASS_64 &&
                       TRY(load<std::uint8_t>(head, 5)) == LEAST_BYTE_FIRST &&
                       TRY(load<std::uint16_t>(head, 16)) == TYPE_EXECUTABLE &&
                       TRY(load<std::uint16_t>(head, 18)) == MACHINE_RISCV &&
                       TRY(load<std::uint16_t>(head, 54)) == PROGRAM_HEADER_BYTES;
    const VirtAddr entry(TRY(load<std::uint64_t>(head, 24)));
    const std::uint64_t count = TRY(load<std::uint16_t>(head, 56));
    // An instruction is at least two bytes long, and stands on a multiple of them.
    if (!known || entry.raw() % 2 != 0)
        return std::unexpected(Error::malformed);
    const Bytes reach = head.size() < HEAD_BYTES ? head : head.first(HEAD_BYTES);
    return Header{
        entry, TRY(slice(reach, TRY(load<std::uint64_t>(head, 32)), count * PROGRAM_HEADER_BYTES))};
}

Rights rights_of(std::uint32_t flags) {
    if ((flags & FLAG_EXECUTE) != 0)
        return Rights::read_execute();
    return (flags & FLAG_WRITE) != 0 ? Rights::read_write() : Rights::read();
}

// An alignment of 0 or 1 asks for none. Beyond a page's a static image has what it was linked for.
constexpr bool is_alignment(std::uint64_t value) { return (value & (value - 1)) == 0; }

// The program header ENTRY of a file of FILE_SIZE bytes, wherever its image may stand; nothing,
// when there is nothing to load. This is the one place that decides it.
Result<std::optional<Segment>> loadable(Bytes entry, std::uint64_t file_size) {
    const auto type = TRY(load<std::uint32_t>(entry, 0));
    const auto flags = TRY(load<std::uint32_t>(entry, 4));
    const auto offset = TRY(load<std::uint64_t>(entry, 8));
    const auto address = TRY(load<std::uint64_t>(entry, 16));
    const auto file_bytes = TRY(load<std::uint64_t>(entry, 32));
    const auto memory_bytes = TRY(load<std::uint64_t>(entry, 40));
    const auto alignment = TRY(load<std::uint64_t>(entry, 48));
    if (type == SEGMENT_INTERPRETER)
        return std::unexpected(Error::malformed);
    if (type != SEGMENT_LOAD || (memory_bytes == 0 && file_bytes == 0))
        return std::nullopt;
    const bool writable_code = (flags & FLAG_WRITE) != 0 && (flags & FLAG_EXECUTE) != 0;
    const bool in_file = offset <= file_size && file_bytes <= file_size - offset;
    const bool wraps = address > UINT64_MAX - memory_bytes;
    // A page of the file is a page of memory, whether a kernel copies or maps it.
    const bool aligned = address % PAGE_SIZE == 0 && (file_bytes == 0 || offset % PAGE_SIZE == 0);
    if (file_bytes > memory_bytes || wraps || !in_file || !aligned || !is_alignment(alignment) ||
        writable_code)
        return std::unexpected(Error::malformed);
    return Segment{VirtAddr(address), memory_bytes, {}, rights_of(flags), offset, file_bytes};
}

bool lies_in(const Segment& segment, Slot slot) {
    return segment.start >= slot.base && segment.start - slot.base <= slot.size &&
           segment.memory_bytes <= slot.size - (segment.start - slot.base);
}

} // namespace

Result<Executable> Executable::parse(Bytes file, Slot slot) {
    Executable result = TRY(parse_head(file, file.size(), slot));
    for (Segment& segment : std::span(result.segments_).first(result.count_))
        segment.file = TRY(slice(file, segment.file_offset, segment.file_bytes));
    return result;
}

Result<Executable> Executable::parse_head(Bytes head, std::uint64_t file_size, Slot slot) {
    const Header header = TRY(parse_header(head));
    Executable result;
    result.entry_ = header.entry;
    VirtAddr free_from = slot.base;
    bool entry_is_code = false;
    for (Bytes rest = header.table; !rest.empty(); rest = rest.subspan(PROGRAM_HEADER_BYTES)) {
        const auto segment = TRY(loadable(rest.first(PROGRAM_HEADER_BYTES), file_size));
        if (!segment)
            continue;
        if (!lies_in(*segment, slot) || segment->start < free_from || result.count_ == MAX_SEGMENTS)
            return std::unexpected(Error::malformed);
        free_from = segment->start + pages_to_hold(segment->memory_bytes) * PAGE_SIZE;
        entry_is_code |= segment->rights.can_execute() && header.entry >= segment->start &&
                         header.entry - segment->start < segment->memory_bytes;
        result.segments_[result.count_++] = *segment;
    }
    if (!entry_is_code)
        return std::unexpected(Error::malformed);
    return result;
}

Result<VirtAddr> first_address(Bytes head) {
    // Whether the segment is all there is asked when it is loaded.
    constexpr std::uint64_t ANY_SIZE = UINT64_MAX;
    const Header header = TRY(parse_header(head));
    for (Bytes rest = header.table; !rest.empty(); rest = rest.subspan(PROGRAM_HEADER_BYTES))
        if (const auto segment = TRY(loadable(rest.first(PROGRAM_HEADER_BYTES), ANY_SIZE)))
            return segment->start;
    return std::unexpected(Error::malformed);
}

} // namespace elf
