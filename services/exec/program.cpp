// Regions of a program and of the system library; the first registers.
// SPDX-License-Identifier: MIT
#include "services/exec/program.hpp"

#include "lib/memory.hpp"

namespace exec {

namespace {

Result<Image> examine(Bytes head, std::uint64_t size, vm::FileId id, const Slots& slots,
                      std::uint64_t room) {
    const VirtAddr slot = TRY(slot_of(head, slots));
    return Image{TRY(elf::Executable::parse_head(head, size, {slot, room})), slot, id};
}

vm::Region region_of(const elf::Segment& segment, vm::FileId id) {
    const Page first = Page::containing(segment.start);
    vm::Region region{.first = first,
                      .end = first + pages_to_hold(segment.memory_bytes),
                      .rights = segment.rights};
    if (segment.file_bytes == 0) // zeroes only: no file stands behind it
        return region;
    region.backing = vm::Backing::file_private;
    region.file = id;
    region.file_offset = segment.file_offset;
    region.file_bytes = segment.file_bytes;
    return region;
}

// One page at first, which grows down as the program touches more.
vm::Region stack_below(VirtAddr end) {
    const Page past = Page::containing(end);
    return {.first = Page(past.number() - 1),
            .end = past,
            .lowest = Page(past.number() - pages_to_hold(STACK_LIMIT)),
            .rights = Rights::read_write(),
            .growth = vm::Growth::down};
}

} // namespace

Result<Image> examine_program(Bytes head, std::uint64_t size, vm::FileId id) {
    return examine(head, size, id, PROGRAMS, HEAP_OFFSET);
}

Result<Image> examine_library(Bytes head, std::uint64_t size, vm::FileId id) {
    return examine(head, size, id, LIBRARIES, SLOT_SIZE);
}

Layout::Layout(const Image& program, const Image& library)
    : heap_{program.slot + HEAP_OFFSET, program.slot + HEAP_LIMIT},
      stack_end_(program.slot + STACK_END) {
    add_segments(program);
    add_segments(library);
    regions_[count_++] = stack_below(stack_end_);
}

void Layout::add_segments(const Image& image) {
    for (const elf::Segment& segment : image.file.segments())
        regions_[count_++] = region_of(segment, image.id);
}

Start start_of(const Image& program, const Arguments& arguments, const Arguments::Place& place) {
    return {.pc = VirtAddr(LIBRARY_BASE),
            .stack = place.views,
            .a0 = program.file.entry().raw(),
            .a1 = arguments.count(),
            .a2 = place.views.raw()};
}

std::string_view last_part(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

} // namespace exec
