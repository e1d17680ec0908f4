// Checking an ELF executable before anything of it is used.
// SPDX-License-Identifier: MIT
#include "lib/elf.hpp"

namespace elf {
namespace {

// Field offsets in the file header and in a program header (System V ABI, figures 4-3 and 5-1,
// 64-bit).
constexpr std::uint32_t MAGIC = 0x464c457f; // 0x7f 'E' 'L' 'F'
constexpr std::uint8_t CLASS_64 = 2;
constexpr std::uint8_t LITTLE_ENDIAN = 1;
constexpr std::uint16_t TYPE_EXECUTABLE = 2;
constexpr std::uint16_t MACHINE_RISCV = 243;
constexpr std::uint32_t SEGMENT_LOAD = 1;
constexpr std::uint64_t PROGRAM_HEADER_BYTES = 56;
constexpr std::uint32_t FLAG_EXECUTE = 1;
constexpr std::uint32_t FLAG_WRITE = 2;

struct Header {
    VirtAddr entry;
    std::uint64_t table;
    std::uint16_t count;
};

Result<Header> parse_header(Bytes file) {
    const bool known = TRY(load<std::uint32_t>(file, 0)) == MAGIC &&
                       TRY(load<std::uint8_t>(file, 4)) == CLASS_64 &&
                       TRY(load<std::uint8_t>(file, 5)) == LITTLE_ENDIAN &&
                       TRY(load<std::uint16_t>(file, 16)) == TYPE_EXECUTABLE &&
                       TRY(load<std::uint16_t>(file, 18)) == MACHINE_RISCV &&
                       TRY(load<std::uint16_t>(file, 54)) == PROGRAM_HEADER_BYTES;
    if (!known)
        return std::unexpected(Error::malformed);
    return Header{VirtAddr(TRY(load<std::uint64_t>(file, 24))), TRY(load<std::uint64_t>(file, 32)),
                  TRY(load<std::uint16_t>(file, 56))};
}

Rights rights_of(std::uint32_t flags) {
    if ((flags & FLAG_EXECUTE) != 0)
        return Rights::read_execute();
    return (flags & FLAG_WRITE) != 0 ? Rights::read_write() : Rights::read();
}

Result<Segment> parse_segment(std::uint64_t file_size, Bytes header, Slot slot) {
    const auto flags = TRY(load<std::uint32_t>(header, 4));
    const auto offset = TRY(load<std::uint64_t>(header, 8));
    const auto address = TRY(load<std::uint64_t>(header, 16));
    const auto file_bytes = TRY(load<std::uint64_t>(header, 32));
    const auto memory_bytes = TRY(load<std::uint64_t>(header, 40));
    if (memory_bytes == 0) // a linker's leftover: it may stand anywhere
        return Segment{slot.base, 0, {}, Rights::none()};
    const bool inside = address >= slot.base.raw() && address - slot.base.raw() <= slot.size &&
                        memory_bytes <= slot.size - (address - slot.base.raw());
    const bool writable_code = (flags & FLAG_WRITE) != 0 && (flags & FLAG_EXECUTE) != 0;
    const bool in_file = offset <= file_size && file_bytes <= file_size - offset;
    if (!inside || !in_file || address % PAGE_SIZE != 0 || file_bytes > memory_bytes ||
        writable_code)
        return std::unexpected(Error::malformed);
    return Segment{VirtAddr(address), memory_bytes, {}, rights_of(flags), offset, file_bytes};
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
    std::uint64_t free_from = slot.base.raw();
    bool entry_is_code = false;
    for (std::uint64_t i = 0; i < header.count; ++i) {
        const Bytes table = TRY(slice(head, header.table, header.count * PROGRAM_HEADER_BYTES));
        const Bytes entry = TRY(slice(table, i * PROGRAM_HEADER_BYTES, PROGRAM_HEADER_BYTES));
        if (TRY(load<std::uint32_t>(entry, 0)) != SEGMENT_LOAD)
            continue;
        const Segment segment = TRY(parse_segment(file_size, entry, slot));
        if (segment.memory_bytes == 0)
            continue;
        if (segment.start.raw() < free_from || result.count_ == MAX_SEGMENTS)
            return std::unexpected(Error::malformed);
        free_from = segment.start.raw() + pages_to_hold(segment.memory_bytes) * PAGE_SIZE;
        entry_is_code |= segment.rights.can_execute() && header.entry >= segment.start &&
                         header.entry - segment.start < segment.memory_bytes;
        result.segments_[result.count_++] = segment;
    }
    if (!entry_is_code)
        return std::unexpected(Error::malformed);
    return result;
}

Result<VirtAddr> first_address(Bytes file) {
    const Header header = TRY(parse_header(file));
    for (std::uint64_t i = 0; i < header.count; ++i) {
        const Bytes table = TRY(slice(file, header.table, header.count * PROGRAM_HEADER_BYTES));
        const Bytes entry = TRY(slice(table, i * PROGRAM_HEADER_BYTES, PROGRAM_HEADER_BYTES));
        if (TRY(load<std::uint32_t>(entry, 0)) == SEGMENT_LOAD)
            return VirtAddr(TRY(load<std::uint64_t>(entry, 16)));
    }
    return std::unexpected(Error::malformed);
}

} // namespace elf
