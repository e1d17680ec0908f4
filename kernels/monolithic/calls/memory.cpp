// Calls about memory: the heap, mappings, rights, and how much of it there is.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "abi/address_map.h"
#include "abi/calls/memory.hpp"

namespace {

// Whole pages below USER_END, one at least. invalid.
Result<vm::PageRange> pages_of(std::uint64_t address, std::uint64_t bytes) {
    const bool whole = address % PAGE_SIZE == 0 && bytes % PAGE_SIZE == 0 && bytes != 0;
    if (!whole || address >= USER_END || bytes > USER_END - address)
        return std::unexpected(Error::invalid);
    const Page first = Page::containing(VirtAddr(address));
    return vm::PageRange{first, first + bytes / PAGE_SIZE};
}

// Rights that a page may have. invalid: unknown bits, writable and executable, or a combination
// that no page-table entry can say.
Result<Rights> rights_of(std::uint64_t raw) {
    const Rights rights = Rights::from_raw(raw);
    const bool possible = rights == Rights::none() || sv39::has_encoding(rights);
    if (rights.raw() != raw || !possible || (rights.can_write() && rights.can_execute()))
        return std::unexpected(Error::invalid);
    return rights;
}

struct FileMapping {
    std::uint64_t flags;
    unix::Descriptor descriptor;
    std::uint64_t offset;
};

// Puts what stands behind a mapping into REGION, which has its pages and rights.
Result<void> add_backing(const Process& process, const FileMapping& asked, vm::Region& region) {
    using namespace abi::map;
    if (asked.flags == (ANONYMOUS | PRIVATE))
        return {};
    if (asked.flags == (ANONYMOUS | SHARED)) // fork copies all memory that no file is behind
        return std::unexpected(Error::not_supported);
    if (asked.flags != SHARED && asked.flags != PRIVATE)
        return std::unexpected(Error::invalid);
    const auto file = TRY(kernel.system.mappable(process.index(), asked.descriptor));
    if (asked.flags == SHARED && !file.rights.can_write())
        region.maximum = Rights::read_execute();
    if (!region.maximum.contain(region.rights))
        return std::unexpected(Error::not_permitted);
    const std::uint64_t size = TRY(kernel.files.stat(file.inode)).size;
    region.file = vm::FileId(file.inode.index());
    region.file_offset = asked.offset;
    region.file_bytes = region.pages() * PAGE_SIZE;
    region.backing = asked.flags == SHARED ? vm::Backing::file_shared : vm::Backing::file_private;
    if (asked.flags == PRIVATE) // zeroes beyond
        region.file_bytes = std::min(size - std::min(size, asked.offset), region.file_bytes);
    return {};
}

} // namespace

namespace call {

Answer sbrk(Process& process, Arguments arguments) {
    const Holding memory(kernel.memory_lock);
    return TRY(kernel.memory.move_break(process.space, static_cast<std::int64_t>(arguments[0])))
        .raw();
}

Answer mmap(Process& process, Arguments arguments) {
    const bool anywhere = arguments[0] == 0;
    vm::PageRange pages = TRY(pages_of(anywhere ? MAP_BASE : arguments[0], arguments[1]));
    vm::Region region{
        .first = pages.first, .end = pages.end, .rights = TRY(rights_of(arguments[2]))};
    const FileMapping asked{arguments[3], unix::Descriptor(arguments[4]), arguments[5]};
    TRY(add_backing(process, asked, region));
    const Holding memory(kernel.memory_lock);
    if (anywhere) {
        const vm::PageRange room{Page::containing(VirtAddr(MAP_BASE)),
                                 Page::containing(VirtAddr(MAP_END))};
        region.first = TRY(kernel.memory.gap(process.space, pages.pages(), room));
        region.end = region.first + pages.pages();
    }
    TRY(kernel.memory.map(process.space, region));
    return region.first.start().raw();
}

Answer munmap(Process& process, Arguments arguments) {
    const vm::PageRange pages = TRY(pages_of(arguments[0], arguments[1]));
    const Holding memory(kernel.memory_lock);
    TRY(kernel.memory.unmap(process.space, pages));
    return 0;
}

Answer mprotect(Process& process, Arguments arguments) {
    const vm::PageRange pages = TRY(pages_of(arguments[0], arguments[1]));
    const Rights rights = TRY(rights_of(arguments[2]));
    const Holding memory(kernel.memory_lock);
    TRY(kernel.memory.protect(process.space, pages, rights));
    return 0;
}

// This kernel has one policy for everybody, and heeds no advice; it only checks it.
Answer advise(Process& process, Arguments arguments) {
    const vm::PageRange pages = TRY(pages_of(arguments[0], arguments[1]));
    if (arguments[2] > static_cast<std::uint64_t>(abi::Advice::keep))
        return std::unexpected(Error::invalid);
    if (!kernel.memory.space(process.space).regions.all_within(pages))
        return std::unexpected(Error::bad_address);
    return 0;
}

Answer memory(Process&, Arguments arguments) {
    const Holding memory(kernel.memory_lock);
    const std::uint64_t before = kernel.memory.pool();
    if (arguments[0] < before)
        TRY(kernel.memory.shrink(before - arguments[0]));
    else
        TRY(kernel.memory.grow(arguments[0] - before));
    return before;
}

} // namespace call
