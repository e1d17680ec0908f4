// What a program says of its use of a region, heeded: the region gets an instance of its own.
// SPDX-License-Identifier: MIT
//
// Policy is per vm::Memory, and this structure has as many of them as it likes. Which of them mends
// a fault is the dispatcher's business: a space with such a region gets a second handler of
// Translation.PageNotPresent, with a guard, and the first handler never sees that region's faults.
// Changes of memory come here from border.cpp, after the first Memory has made them.
#include "kernels/spin/extensions/pager/pager.hpp"

namespace {

struct Wish {
    vm::Policy policy = vm::Policy::clock;
    std::uint64_t frames = 0;
};

// The first Memory keeps an eighth of its pool, and what it needs at least. A walk in circles costs
// a fault for nearly each page that has no frame, and other pages of its program are few.
std::uint64_t most_to_spare(std::uint64_t pool) {
    const std::uint64_t kept = std::max(vm::LEAST_POOL, pool / 8);
    return pool > kept ? pool - kept : 0;
}

// What ADVICE for PAGES pages means in a pool of POOL frames. invalid: nothing that helps.
Result<Wish> wish_for(abi::Advice advice, std::uint64_t pages, std::uint64_t pool) {
    const std::uint64_t spare = most_to_spare(pool);
    Wish wish{};
    if (advice == abi::Advice::cyclic) // the page used last is the one wanted last
        wish = {.policy = vm::Policy::mru, .frames = std::min(pages, spare)};
    else if (advice == abi::Advice::once) // no page is wanted again: it shall cost others little
        wish = {.policy = vm::Policy::fifo, .frames = vm::LEAST_POOL};
    else if (advice == abi::Advice::keep) // frames for all of it, which nobody else takes
        wish = {.policy = vm::Policy::clock, .frames = pages};
    if (wish.frames < vm::LEAST_POOL || wish.frames > std::min(spare, Instance::MOST_FRAMES) ||
        pages > Instance::MOST_PAGES)
        return std::unexpected(Error::invalid);
    return wish;
}

// A fault of a region that an instance holds.
bool is_held(const spin::PageNotPresent& event) {
    const vm::SpaceId space = the_pager().memory.translations.space(event.context);
    return the_pager().holder(space, Page::containing(event.fault.address)).has_value();
}

Result<void> page_of_instance_not_present(const spin::PageNotPresent& event) {
    const vm::SpaceId space = the_pager().memory.translations.space(event.context);
    return the_pager().mend(space, event.fault);
}

constexpr vm::PageRange EVERYTHING{Page(0), Page(vm::SPACE_PAGES)};

} // namespace

std::optional<std::size_t> Pager::holder(vm::SpaceId space, Page page) const {
    for (std::size_t i = 0; i < instances.size(); ++i)
        if (instances[i].piece(space, {page, page + 1}).pages() != 0)
            return i;
    return std::nullopt;
}

// Ranges of one region that is anonymous, readable and writable, and not the heap's, which grows
// and shrinks. invalid: RANGE is none, or some of it was touched, or has an instance.
Result<vm::Region> Pager::region_to_move(vm::SpaceId space, vm::PageRange range) const {
    const vm::Heap heap{memory.space(space).heap};
    if (range.first.start() < heap.end && heap.start < range.end.start())
        return std::unexpected(Error::invalid);
    for (const Instance& instance : instances)
        if (instance.piece(space, range).pages() != 0)
            return std::unexpected(Error::invalid);
    for (Page page = range.first; page < range.end; page = page + 1)
        if (!memory.is_untouched(space, page))
            return std::unexpected(Error::invalid);
    for (const vm::Region& region : memory.space(space).regions.all())
        if (range.first >= region.first && range.end <= region.end &&
            region.backing == vm::Backing::anonymous && region.growth == vm::Growth::none &&
            region.rights == Rights::read_write())
            return vm::Region{.first = range.first,
                              .end = range.end,
                              .rights = region.rights,
                              .maximum = region.maximum};
    return std::unexpected(Error::invalid);
}

// Once for a context, and a context is never another's again.
Result<void> Pager::guard(vm::SpaceId space) {
    const spin::TranslationContext context = memory.translations.context(space);
    if (guarded_[space.raw()] == context)
        return {};
    TRY(translation_install_page_not_present_guarded(context, is_held,
                                                     page_of_instance_not_present));
    guarded_[space.raw()] = context;
    return {};
}

Result<void> Pager::heed(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
    const Wish wish = TRY(wish_for(advice, range.pages(), memory.pool()));
    const vm::Region region = TRY(region_to_move(space, range));
    for (Instance& instance : instances) {
        if (instance.is_used())
            continue;
        TRY(guard(space));
        return instance.take_over(memory, space, region, wish.policy, wish.frames);
    }
    return std::unexpected(Error::too_many);
}

Result<void> Pager::advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
    TRY(service.advise(space, range, advice)); // there are regions
    const io::Turn turn(lock);
    // Where it cannot be heeded, it is ignored.
    static_cast<void>(heed(space, range, advice));
    return {};
}

Result<void> Pager::mend(vm::SpaceId space, const Fault& fault) {
    const std::optional<std::size_t> held = holder(space, Page::containing(fault.address));
    if (!held)
        return service.mend(space, fault);
    const io::Turn turn(lock);
    return instances[*held].mend(fault);
}

void Pager::unmapped(vm::SpaceId space, vm::PageRange range) {
    const io::Turn turn(lock);
    for (Instance& instance : instances)
        if (instance.is_of(space) && instance.unmap(range))
            instance.hand_back(memory);
}

Result<void> Pager::protect(vm::SpaceId space, vm::PageRange range, Rights rights) {
    TRY(service.protect(space, range, rights));
    const io::Turn turn(lock);
    for (Instance& instance : instances) {
        vm::Region piece = instance.piece(space, range);
        while (piece.pages() != 0) {
            TRY(instance.protect({piece.first, piece.end}, rights));
            piece = instance.piece(space, {piece.end, range.end});
        }
    }
    return {};
}

void Pager::destroy(vm::SpaceId space) {
    unmapped(space, EVERYTHING);
    service.destroy(space);
}

Result<vm::SpaceId> Pager::fork(vm::SpaceId parent) {
    const vm::SpaceId child = TRY(service.fork(parent));
    for (Instance& instance : instances) {
        const Result<void> copied = copy(instance, parent, child);
        if (copied)
            continue;
        service.destroy(child);
        return std::unexpected(copied.error());
    }
    return child;
}

Result<void> Pager::copy(Instance& from, vm::SpaceId parent, vm::SpaceId child) {
    vm::Region piece = from.piece(parent, EVERYTHING);
    while (piece.pages() != 0) {
        TRY(copy_piece(from, child, {piece.first, piece.end}, piece.rights));
        piece = from.piece(parent, {piece.end, EVERYTHING.end});
    }
    return {};
}

// PART, which has RIGHTS, must be read here and written there.
Result<void> Pager::copy_piece(Instance& from, vm::SpaceId child, vm::PageRange part,
                               Rights rights) {
    if (rights == Rights::read_write())
        return copy_pages(from, child, part);
    TRY(service.protect(child, part, Rights::read_write()));
    {
        const io::Turn turn(lock);
        TRY(from.protect(part, Rights::read_write()));
    }
    const Result<void> copied = copy_pages(from, child, part);
    const io::Turn turn(lock);
    TRY(from.protect(part, rights));
    TRY(copied);
    return memory.protect(child, part, rights);
}

// The child advised nothing: there the pages are the first Memory's.
Result<void> Pager::copy_pages(Instance& from, vm::SpaceId child, vm::PageRange part) {
    for (Page page = part.first; page < part.end; page = page + 1) {
        if (from.is_untouched(page))
            continue;
        {
            const io::Turn turn(lock);
            TRY(from.mend({.address = page.start(), .pc = page.start(), .access = Access::load}));
        }
        // Only the parent enters its instance, and it is here.
        TRY(service.put(child, page.start(), from.mended_page()));
    }
    return {};
}

Result<std::uint64_t> Pager::set_pool(std::uint64_t frames) {
    std::uint64_t lent = 0;
    for (const Instance& instance : instances)
        lent += instance.pool();
    if (frames < lent)
        return std::unexpected(Error::no_memory);
    if (frames >= tables.frames.size())
        return std::unexpected(Error::invalid);
    return TRY(service.set_pool(frames - lent)) + lent;
}

vm::Statistics Pager::statistics() {
    vm::Statistics sum = service.statistics();
    for (const Instance& instance : instances)
        instance.add_to(sum);
    return sum;
}

std::uint64_t Pager::resident_pages(vm::SpaceId space) {
    std::uint64_t sum = service.resident_pages(space);
    for (const Instance& instance : instances)
        sum += instance.is_of(space) ? instance.resident_pages() : 0;
    return sum;
}
