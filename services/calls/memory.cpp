// Calls about memory: the heap, mappings, rights, and how much of it there is.
// SPDX-License-Identifier: MIT
#include "services/calls/calls.hpp"

#include "abi/address_map.h"
#include "abi/calls/memory.hpp"
#include "services/vm/asked.hpp"

namespace call {

namespace {

using vm::pages_of;
using vm::rights_of;

constexpr vm::PageRange MAPPINGS{Page::containing(VirtAddr(MAP_BASE)),
                                 Page::containing(VirtAddr(MAP_END))};

struct FileMapping {
    std::uint64_t flags;
    unix::Descriptor descriptor;
    std::uint64_t offset;
};

// Puts what stands behind a mapping into REGION, which has its pages and rights.
Result<void> add_backing(const Caller& caller, const FileMapping& asked, vm::Region& region) {
    using namespace abi::map;
    if (asked.flags == (ANONYMOUS | PRIVATE))
        return {};
    if (asked.flags == (ANONYMOUS | SHARED)) // fork copies all memory that no file is behind
        return std::unexpected(Error::not_supported);
    if (asked.flags != SHARED && asked.flags != PRIVATE)
        return std::unexpected(Error::invalid);
    const auto file = TRY(world::system.mappable(caller.index(), asked.descriptor));
    if (asked.flags == SHARED && !file.rights.can_write())
        region.maximum = Rights::read_execute();
    if (!region.maximum.contain(region.rights))
        return std::unexpected(Error::not_permitted);
    const std::uint64_t file_size = TRY(world::files.stat(file.inode)).size;
    region.file = vm::FileId(file.inode.index());
    region.file_offset = asked.offset;
    region.file_bytes = region.pages() * PAGE_SIZE;
    region.backing = asked.flags == SHARED ? vm::Backing::file_shared : vm::Backing::file_private;
    if (asked.flags == PRIVATE) // zeroes beyond
        region.file_bytes =
            std::min(file_size - std::min(file_size, asked.offset), region.file_bytes);
    return {};
}

// invalid: RAW is none.
Result<abi::Advice> advice_of(std::uint64_t raw) {
    using enum abi::Advice;
    constexpr std::array all{usual, cyclic, once, keep};
    for (const abi::Advice advice : all)
        if (raw == static_cast<std::uint64_t>(advice))
            return advice;
    return std::unexpected(Error::invalid);
}

} // namespace

Answer sbrk(Caller& caller, Request request) {
    const auto bytes = static_cast<std::int64_t>(request.argument(0));
    return Answer::of(TRY(world::memory.move_break(*caller.space, bytes)).raw());
}

Answer mmap(Caller& caller, Request request) {
    const bool anywhere = request.argument(0) == 0;
    const vm::PageRange pages =
        TRY(pages_of(anywhere ? MAP_BASE : request.argument(0), request.argument(1)));
    vm::Region region{
        .first = pages.first, .end = pages.end, .rights = TRY(rights_of(request.argument(2)))};
    const FileMapping asked{request.argument(3), unix::Descriptor(request.argument(4)),
                            request.argument(5)};
    TRY(add_backing(caller, asked, region));
    if (anywhere)
        return Answer::of(
            TRY(world::memory.map_within(*caller.space, region, MAPPINGS)).start().raw());
    TRY(world::memory.map(*caller.space, region));
    return Answer::of(region.first.start().raw());
}

Answer munmap(Caller& caller, Request request) {
    const vm::PageRange pages = TRY(pages_of(request.argument(0), request.argument(1)));
    TRY(world::memory.unmap(*caller.space, pages));
    return Answer::nothing();
}

Answer mprotect(Caller& caller, Request request) {
    const vm::PageRange pages = TRY(pages_of(request.argument(0), request.argument(1)));
    const Rights rights = TRY(rights_of(request.argument(2)));
    TRY(world::memory.protect(*caller.space, pages, rights));
    return Answer::nothing();
}

Answer advise(Caller& caller, Request request) {
    const vm::PageRange pages = TRY(pages_of(request.argument(0), request.argument(1)));
    const abi::Advice advice = TRY(advice_of(request.argument(2)));
    TRY(world::memory.advise(*caller.space, pages, advice));
    return Answer::nothing();
}

Answer memory(Caller&, Request request) {
    return Answer::of(world::memory.set_pool(request.argument(0)));
}

} // namespace call
