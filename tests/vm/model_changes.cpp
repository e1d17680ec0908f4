// How regions and spaces come and go in a run, in the system and in the model.
// SPDX-License-Identifier: MIT
#include "tests/vm/model_run.hpp"

#include <doctest/doctest.h>

#include <cstring>

void Run::map(std::uint64_t id, ModelSpace& space) {
    const std::uint64_t pages = 1 + pick(12);
    const std::uint64_t first = pick(HEAP_FIRST - pages);
    vm::Region region = anonymous(first, first + pages, some_rights());
    std::uint64_t file_first = 0;
    if (pick(3) != 0) {
        file_first = pick(FILE_PAGES);
        region.file_offset = file_first * PAGE_SIZE;
        region.backing = pick(2) == 0 ? vm::Backing::file_shared : vm::Backing::file_private;
        const bool shared = region.backing == vm::Backing::file_shared;
        region.file = shared ? SHARED_FILE : PRIVATE_FILE;
        region.file_bytes = std::min(pages, FILE_PAGES - file_first) * PAGE_SIZE;
        if (shared && pick(4) == 0)
            region.file_bytes = pages * PAGE_SIZE; // longer than the file
        else if (shared)
            region.end = region.first + region.file_bytes / PAGE_SIZE;
        else if (pick(2) == 0)
            region.file_bytes -= PAGE_SIZE - 512 * (1 + pick(7));
        if (!region.rights.can_write() && first % 2 == 0)
            region.maximum = Rights::read_execute();
    }
    if (!passed(system_.memory->map(vm::SpaceId(id), region)))
        return;
    for (Page page = region.first; page < region.end; page = page + 1) {
        ModelPage fresh{
            region.rights, region.maximum, region.backing, file_first + (page - region.first), {}};
        for (std::size_t word = 0; word < 8; ++word)
            if (region.backing == vm::Backing::file_private &&
                word * 512 < region.file_bytes_at(page))
                fresh.words[word] = word_of_file(region.file.raw(), fresh.file_page, word);
        REQUIRE(space.pages.emplace(page.number(), fresh).second);
    }
}

Rights Run::some_rights() {
    switch (pick(8)) {
    case 0:
        return Rights::none();
    case 1:
        return Rights::read();
    case 2:
        return Rights::read_execute();
    default:
        return Rights::read_write();
    }
}

vm::PageRange Run::some_range() {
    const std::uint64_t first = pick(HEAP_FIRST);
    return {page_at(first), page_at(std::min(first + 1 + pick(14), HEAP_FIRST))};
}

void Run::unmap(std::uint64_t id, ModelSpace& space) {
    const vm::PageRange range = some_range();
    const Result<void> result = system_.memory->unmap(vm::SpaceId(id), range);
    const bool done = passed(result) || result.error() == Error::input_output;
    if (!done)
        return;
    for (Page page = range.first; page < range.end; page = page + 1)
        space.pages.erase(page.number());
    forget_if_lost(result);
}

void Run::protect(std::uint64_t id, ModelSpace& space) {
    vm::PageRange range = some_range();
    if (!space.pages.empty() && pick(5) != 0) {
        auto chosen = space.pages.begin();
        std::advance(chosen, pick(space.pages.size()));
        range = {Page(chosen->first), Page(chosen->first + 1 + pick(3))};
    }
    bool whole = true;
    for (Page page = range.first; page < range.end; page = page + 1)
        whole &= space.pages.contains(page.number());
    const Rights rights = some_rights();
    bool permitted = true;
    for (Page page = range.first; whole && page < range.end; page = page + 1)
        permitted &= space.pages[page.number()].maximum.contain(rights);
    const Result<void> result = system_.memory->protect(vm::SpaceId(id), range, rights);
    if (!whole) {
        REQUIRE(result.error() == Error::bad_address);
        return;
    }
    if (!permitted) {
        REQUIRE(result.error() == Error::not_permitted);
        return;
    }
    if (!passed(result))
        return;
    for (Page page = range.first; page < range.end; page = page + 1)
        space.pages[page.number()].rights = rights;
}

void Run::move_break(std::uint64_t id, ModelSpace& space) {
    const auto bytes = static_cast<std::int64_t>(pick(6 * PAGE_SIZE)) -
                       static_cast<std::int64_t>(pick(4 * PAGE_SIZE));
    const Result<VirtAddr> old = system_.memory->move_break(vm::SpaceId(id), bytes);
    if (!old) {
        const bool below = bytes < 0 && static_cast<std::uint64_t>(-bytes) > space.heap_bytes;
        REQUIRE(old.error() == (below ? Error::invalid : Error::no_memory));
        return;
    }
    REQUIRE(*old == page_at(HEAP_FIRST).start() + space.heap_bytes);
    space.heap_bytes += static_cast<std::uint64_t>(bytes);
    const std::uint64_t end = HEAP_FIRST + pages_to_hold(space.heap_bytes);
    for (std::uint64_t n = HEAP_FIRST; n < PAGES; ++n) {
        if (n < end)
            space.pages.try_emplace(page_at(n).number(), ModelPage{.rights = Rights::read_write()});
        else
            space.pages.erase(page_at(n).number());
    }
}

void Run::fork(std::uint64_t parent) {
    const Result<vm::SpaceId> child = system_.memory->create();
    if (!child)
        return;
    if (pick(8) == 0)
        system_.machine.tables_until_failure = pick(12);
    const Result<void> forked = system_.memory->fork(vm::SpaceId(parent), *child);
    system_.machine.tables_until_failure = ~0ULL;
    if (passed(forked))
        model_.spaces[child->raw()] = model_.spaces[parent];
    else
        REQUIRE(system_.destroy(*child).has_value());
}

void Run::end(std::uint64_t id) {
    const Result<void> ended = system_.destroy(vm::SpaceId(id));
    passed(ended);
    model_.spaces.erase(id);
    forget_if_lost(ended);
}

void Run::forget_if_lost(const Result<void>& result) {
    if (result || result.error() != Error::input_output)
        return;
    for (auto& [page, words] : model_.shared)
        relearn(page, words);
}

void Run::relearn(std::uint64_t file_page, Words& words) {
    system_.machine.failures = 0;
    for (auto& [id, space] : model_.spaces)
        for (auto& [number, page] : space.pages)
            if (page.backing == vm::Backing::file_shared && page.file_page == file_page)
                return relearn_from(vm::SpaceId(id), Page(number), page.rights, words);
    for (std::size_t word = 0; word < 8; ++word)
        std::memcpy(&words[word],
                    &system_.machine.files[SHARED_FILE.raw()][file_page * PAGE_SIZE + word * 512],
                    sizeof words[word]);
}

// Also where the program may not look: what it stored before is there all the same.
void Run::relearn_from(vm::SpaceId id, Page page, Rights rights, Words& words) {
    const vm::PageRange range{page, page + 1};
    if (!rights.can_read())
        REQUIRE(system_.memory->protect(id, range, Rights::read()).has_value());
    for (std::size_t word = 0; word < 8; ++word)
        words[word] = *system_.load(id, page, word * 64);
    if (!rights.can_read())
        REQUIRE(system_.memory->protect(id, range, rights).has_value());
}
