// Regions and their pages come and go: map, unmap, protect, and the heap.
// SPDX-License-Identifier: MIT
//
// Before: the placement's system calls. All that can fail comes before the first change; only the
// last write of a shared file's page can fail later, and the rest is done all the same.
#include "services/vm/users.hpp"

namespace vm {

Result<void> Memory::map(SpaceId id, const Region& region) {
    Space& space = spaces_[id.raw()];
    Region added = region;
    added.charge = Charge::none;
    added.charge = added.charge_for(added.rights);
    TRY(space.regions.check(added));
    TRY(add(space, added));
    join(space);
    // The next fault is likely to be there. It cannot fail: the region was just added.
    MUST(space.regions.find(region.first));
    space.pages.reach(nodes_, region.first);
    return {};
}

// REGION, which was checked, becomes one of SPACE's, with nodes for its records and a promise of
// what its pages may come to need. no_memory: nothing was done.
Result<void> Memory::add(Space& space, const Region& region) {
    TRY(space.pages.cover(nodes_, {region.reserved_from(), region.end}));
    const Result<void> fits = check_commitment(region.committed()); // the nodes just made count
    if (!fits) {
        uncover(space, region);
        return fits;
    }
    committed_ += region.committed();
    space.regions.add(region);
    if (region.backing != Backing::anonymous)
        files.hold(region.file, region.use());
    return {};
}

Result<Page> Memory::gap(SpaceId id, std::uint64_t pages, PageRange range) const {
    return spaces_[id.raw()].regions.gap(pages, range);
}

// Cuts regions at RANGE's ends; a file behind one that becomes two is held once more.
Result<void> Memory::cut(Space& space, PageRange range) {
    for (const Page border : std::array{range.first, range.end}) {
        std::optional<Region> parted{};
        for (const Region& region : space.regions.all())
            if (region.backing != Backing::anonymous && region.contains(border) &&
                region.first != border)
                parted = region;
        const Result<void> done = space.regions.cut(border);
        if (!done) {
            join(space);
            return done;
        }
        if (parted)
            files.hold(parted->file, parted->use());
    }
    return {};
}

void Memory::join(Space& space) {
    while (const std::optional<Region> gone = space.regions.join_one())
        if (gone->backing != Backing::anonymous)
            files.release(gone->file, gone->use());
}

Result<void> Memory::unmap(SpaceId id, PageRange range) {
    if (range.first >= range.end)
        return std::unexpected(Error::invalid);
    Space& space = spaces_[id.raw()];
    TRY(cut(space, range));
    const Result<void> removed = remove(id, range, Removal::each);
    join(space);
    translations.settle();
    return removed;
}

// Drops the regions within RANGE, with all that their pages have.
Result<void> Memory::remove(SpaceId id, PageRange range, Removal removal) {
    Space& space = spaces_[id.raw()];
    Result<void> outcome{};
    while (const std::optional<Region> region = space.regions.drop_one(range)) {
        const Result<void> released = release_pages(id, *region, removal);
        if (!released)
            outcome = released;
        committed_ -= region->committed();
        if (region->backing != Backing::anonymous)
            files.release(region->file, region->use());
        uncover(space, *region);
    }
    return outcome;
}

Result<void> Memory::release_pages(SpaceId id, const Region& region, Removal removal) {
    Result<void> outcome{};
    for_each_record(spaces_[id.raw()], {region.first, region.end}, [&](Page page, Record& record) {
        const Record held = record;
        record = Record();
        if (held.is_swapped()) {
            slots_.release(held.slot());
            return;
        }
        if (removal == Removal::each)
            note_usage(held.frame(), translations.unmap(id, page));
        else if (region.backing == Backing::file_shared)
            note_usage(held.frame(), translations.usage(id, page));
        // Else nobody needs the usage: a page of this space's own ends, and a shared one is not
        // written to.
        // What a mapping has stored is in the file when it ends, whoever else maps the page.
        const bool is_last = core_[held.frame()].users == 1;
        const Result<void> written = region.use() == io::FileUse::writing && !is_last
                                         ? write_to_file(held.frame())
                                         : Result<void>();
        // What could not be stored is lost, and told; readers do not try it again on a file that
        // may be run by then.
        const bool is_lost = !written && !is_written_by_others(held.frame());
        if (is_lost)
            core_[held.frame()].clear(FrameRecord::DIRTY);
        const Result<void> dropped = drop_user(held.frame());
        if (is_lost)
            show_file_again(held.frame());
        if (!written || !dropped)
            outcome = written ? dropped : written;
    });
    return outcome;
}

bool Memory::is_written_by_others(FrameIndex frame) {
    bool any = false;
    for_each_user_of_file(frame, [&](SpaceId space, Page page) {
        for (const Region& region : spaces_[space.raw()].regions.all())
            any |= region.contains(page) && region.use() == io::FileUse::writing;
    });
    return any;
}

// FRAME, whose users only read, holds what their file does not: from now on they see the file.
void Memory::show_file_again(FrameIndex frame) {
    for_each_user_of_file(frame, [&](SpaceId space, Page page) {
        translations.unmap(space, page);
        spaces_[space.raw()].pages.at(nodes_, page) = Record();
    });
    translations.settle();
    core_.remove(frame);
    frames.give(frame);
}

// Gives back the leaves that only REGION, which is none of SPACE's, had pages in.
void Memory::uncover(Space& space, const Region& region) {
    const std::uint64_t first = region.reserved_from().number() / NODE_RECORDS;
    const std::uint64_t last = (region.end.number() - 1) / NODE_RECORDS;
    for (std::uint64_t window = first; window <= last; ++window) {
        const PageRange pages{Page(window * NODE_RECORDS), Page((window + 1) * NODE_RECORDS)};
        if (!space.regions.any_within(pages))
            space.pages.uncover(nodes_, pages.first);
    }
}

Result<void> Memory::protect(SpaceId id, PageRange range, Rights rights) {
    Space& space = spaces_[id.raw()];
    if (range.first >= range.end || (rights != Rights::none() && !rights.can_read()))
        return std::unexpected(Error::invalid);
    if (!space.regions.all_within(range))
        return std::unexpected(Error::bad_address);
    if (!space.regions.may_have(range, rights))
        return std::unexpected(Error::not_permitted);
    TRY(cut(space, range));
    std::uint64_t more = 0;
    for (const Region& region : space.regions.all())
        if (region.within(range) && region.charge != region.charge_for(rights))
            more += region.pages();
    const Result<void> fits = check_commitment(more);
    if (fits) {
        committed_ += more;
        space.regions.set_rights(range, rights);
        for (const Region& region : space.regions.all())
            if (region.within(range))
                narrow(id, region);
    }
    join(space);
    translations.settle();
    return fits;
}

// Gives the translations of REGION's resident pages the rights that it has now.
void Memory::narrow(SpaceId id, const Region& region) {
    for_each_record(spaces_[id.raw()], {region.first, region.end}, [&](Page page, Record& record) {
        if (!record.is_resident())
            return;
        const Rights rights = translation_rights(region, record.frame());
        note_usage(record.frame(), rights.can_read() ? translations.protect(id, page, rights)
                                                     : translations.unmap(id, page));
    });
}

Result<void> Memory::set_heap(SpaceId id, VirtAddr start, VirtAddr limit) {
    if (start.offset_in_page() != 0 || limit.offset_in_page() != 0 || start > limit ||
        limit > Page(SPACE_PAGES).start())
        return std::unexpected(Error::invalid);
    spaces_[id.raw()].heap = {start, start, limit};
    return {};
}

Result<VirtAddr> Memory::move_break(SpaceId id, std::int64_t bytes) {
    Heap& moved = spaces_[id.raw()].heap;
    const VirtAddr old_break = moved.end;
    const auto distance = static_cast<std::uint64_t>(bytes);
    if (bytes < 0 && -distance > old_break - moved.start)
        return std::unexpected(Error::invalid);
    if (bytes > 0 && distance > moved.limit - old_break)
        return std::unexpected(Error::no_memory);
    const Page old_end = Page::containing(old_break + (PAGE_SIZE - 1));
    const Page new_end = Page::containing(old_break + distance + (PAGE_SIZE - 1));
    if (new_end > old_end) {
        const Result<void> mapped =
            map(id, {.first = old_end, .end = new_end, .rights = Rights::read_write()});
        if (!mapped)
            return std::unexpected(Error::no_memory); // also where something else stands there
    } else if (new_end < old_end) {
        TRY(unmap(id, {new_end, old_end}));
    }
    moved.end = old_break + distance;
    return old_break;
}

} // namespace vm
