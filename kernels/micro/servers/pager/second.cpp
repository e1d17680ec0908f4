// A region goes to the second pager, and comes back.
// SPDX-License-Identifier: MIT
//
// Before: services/advice/advised.hpp, in the first pager. Next: held.cpp, in the second. A fault
// of the region goes there at once: set_pager says so to the kernel.
#include "kernels/micro/servers/pager/pager.hpp"

#include "services/vm/page_map.hpp"

namespace {

constexpr std::uint64_t SHARE = 16; // of the swap area
constinit std::array<std::byte, PAGE_SIZE> copied{};

constexpr std::uint64_t TABLE_PAGES = PAGE_SIZE / sizeof(std::uint64_t); // that one table maps

micro::CapSlot slot_of(vm::SpaceId space) { return vm::Translations::slot_of(space); }

// Tables for RANGE, of which nothing is mapped, are there: they are FIRST's to give.
Result<void> make_tables(vm::Memory& first, vm::SpaceId space, vm::PageRange range) {
    const std::uint64_t tables = range.pages() / TABLE_PAGES + 2;
    TRY(first.make_room(tables + 2)); // one above them, and a page that makes them appear
    const vm::FrameIndex any = TRY(first.frames.take());
    Result<void> made;
    for (Page page = range.first; page < range.end && made;
         page = Page((page.number() / TABLE_PAGES + 1) * TABLE_PAGES)) {
        made = first.translations.map(space, page, any, Rights::read());
        static_cast<void>(first.translations.unmap(space, page));
    }
    first.frames.give(any);
    return made;
}

} // namespace

files::SwapArea SecondPager::take_part(files::SwapArea area) {
    swap_.count = std::min(area.count / SHARE, MOST_PAGES);
    area.count -= swap_.count;
    swap_.first = area.first + area.count;
    return area;
}

Result<void> SecondPager::hold(vm::Memory& first, const vm::Region& region, vm::Policy policy,
                               std::uint64_t frames) {
    TRY(make_tables(first, space_, range_));
    TRY(micro::give_to_thread(root::slot::SECOND_PAGER, slot_of(pager::HELD), slot_of(space_),
                              micro::right::MANAGE));
    TRY(second_.hold(
        {.region = region,
         // It evicts in the fault only.
         .configuration = {.policy = policy, .pool = frames, .watermarks = vm::Watermarks{}},
         .swap = swap_}));
    was_used_ = true;
    return micro::set_pager(slot_of(space_), range_.first.start(), range_.end.start(),
                            pager::HELD.raw(), root::slot::SECOND_PAGER.raw());
}

Result<void> SecondPager::take_over(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                                    vm::Policy policy, std::uint64_t frames) {
    TRY(first.shrink(frames));
    space_ = space;
    range_ = {region.first, region.end};
    frames_ = frames;
    const Result<void> held = hold(first, region, policy, frames);
    if (!held)
        hand_back(first);
    return held;
}

void SecondPager::hand_back(vm::Memory& first) {
    second_.let_go();
    // The space is there still: its pager is at work.
    MUST(micro::set_pager(slot_of(space_), range_.first.start(), range_.end.start(), space_.raw()));
    // Nothing it can do with it any more.
    static_cast<void>(
        micro::give_to_thread(root::slot::SECOND_PAGER, slot_of(pager::HELD), slot_of(space_), 0));
    MUST(first.grow(frames_)); // to what it was
    frames_ = 0;
}

// Where the second pager has gone, so have the pages.
bool SecondPager::unmap(vm::PageRange range) {
    static_cast<void>(second_.unmap(pager::HELD, range));
    return second_.piece(vm::EVERYTHING).pages() == 0;
}

Result<Bytes> SecondPager::read(Page page) {
    TRY(second_.read(page, copied));
    return Bytes(copied);
}

vm::Statistics SecondPager::statistics() const {
    vm::Statistics own = was_used_ ? second_.statistics() : vm::Statistics{};
    own.slots = swap_.count;
    if (is_used())
        return own;
    own.free_slots = own.slots;
    own.pool = own.resident = own.free_frames = 0;
    return own;
}
