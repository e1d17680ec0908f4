// The model of virtual memory: what each change comes to.
// SPDX-License-Identifier: MIT
#include "pages.hpp"

#include "abi/address_map.h"

#include <algorithm>

Pages::Space& Pages::at(vm::SpaceId space) {
    REQUIRE(space.raw() < SPACES);
    REQUIRE(spaces_[space.raw()].has_value());
    return *spaces_[space.raw()];
}

std::size_t Pages::in_use() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(spaces_, [](const auto& space) { return space.has_value(); }));
}

Result<vm::SpaceId> Pages::create(std::span<const vm::Region> regions, vm::HeapPlace heap) {
    TRY(steps_.take());
    const auto place =
        std::ranges::find_if(spaces_, [](const auto& space) { return !space.has_value(); });
    if (place == spaces_.end())
        return std::unexpected(Error::too_many);
    *place = Space{.regions = {}, .heap = heap};
    const vm::SpaceId space(static_cast<std::uint64_t>(place - spaces_.begin()));
    for (const vm::Region& region : regions) {
        if (const Result<void> mapped = map(space, region); !mapped) {
            destroy(space);
            return std::unexpected(mapped.error());
        }
    }
    return space;
}

Result<vm::SpaceId> Pages::fork(vm::SpaceId space) {
    if (before_fork)
        std::exchange(before_fork, nullptr)();
    const Space& parent = at(space);
    const vm::SpaceId child = TRY(create({}, parent.heap));
    at(child) = parent;
    return child;
}

void Pages::destroy(vm::SpaceId space) {
    at(space);
    CHECK((!is_in_force || !is_in_force(space)));
    spaces_[space.raw()].reset();
}

Result<void> Pages::map(vm::SpaceId space, const vm::Region& region) {
    TRY(steps_.take());
    REQUIRE(region.first < region.end);
    REQUIRE(region.end <= Page::containing(VirtAddr(USER_END)));
    std::vector<vm::Region>& regions = at(space).regions;
    for (const vm::Region& other : regions)
        if (region.reserved_from() < other.end && other.reserved_from() < region.end)
            return std::unexpected(Error::exists);
    regions.push_back(region);
    return {};
}

Result<Page> Pages::map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range) {
    vm::Region placed = region;
    for (Page first = range.first; region.pages() <= range.end - first; first = first + 1) {
        placed.first = first;
        placed.end = first + region.pages();
        const Result<void> mapped = map(space, placed);
        if (mapped)
            return first;
        if (mapped.error() != Error::exists)
            return std::unexpected(mapped.error());
    }
    return std::unexpected(Error::no_memory);
}

Result<void> Pages::unmap(vm::SpaceId space, vm::PageRange range) {
    TRY(steps_.take());
    Space& changed = at(space);
    std::vector<vm::Region> left;
    for (const vm::Region& region : changed.regions) {
        vm::Region before = region;
        vm::Region behind = region;
        before.end = std::min(region.end, range.first);
        behind.first = std::max(region.first, range.end);
        for (const vm::Region& part : {before, behind})
            if (part.first < part.end)
                left.push_back(part);
    }
    changed.regions = left;
    std::erase_if(changed.bytes, [&](const auto& page) {
        return Page(page.first) >= range.first && Page(page.first) < range.end;
    });
    std::erase_if(changed.at_hand,
                  [&](const auto& page) { return !region_of(changed, Page(page.first)); });
    return {};
}

Result<void> Pages::protect(vm::SpaceId space, vm::PageRange range, Rights rights) {
    TRY(steps_.take());
    for (vm::Region& region : at(space).regions)
        if (region.within(range))
            region.rights = rights;
    return {};
}

Result<VirtAddr> Pages::move_break(vm::SpaceId space, std::int64_t bytes) {
    TRY(steps_.take());
    Space& changed = at(space);
    const VirtAddr before = changed.heap.start + changed.heap_bytes;
    const std::uint64_t wanted = changed.heap_bytes + static_cast<std::uint64_t>(bytes);
    if (wanted > changed.heap.limit - changed.heap.start)
        return std::unexpected(Error::no_memory);
    changed.heap_bytes = wanted;
    return before;
}

Result<void> Pages::advise(vm::SpaceId space, vm::PageRange range, abi::Advice) {
    for (Page page = range.first; page < range.end; page = page + 1)
        if (!region_of(at(space), page))
            return std::unexpected(Error::bad_address);
    return {};
}

vm::Region* Pages::region_of(Space& space, Page page) {
    const auto found = std::ranges::find_if(space.regions, [&](const vm::Region& region) {
        return page >= region.reserved_from() && page < region.end;
    });
    return found == space.regions.end() ? nullptr : &*found;
}

Result<void> Pages::mend(vm::SpaceId space, const Fault& fault) {
    const Page page = Page::containing(fault.address);
    Space& mended = at(space);
    vm::Region* const region = region_of(mended, page);
    if (!region)
        return std::unexpected(Error::bad_address);
    if (!region->rights.allow(fault.access))
        return std::unexpected(Error::not_permitted);
    if (const auto why = beyond_mending.find(page.number()); why != beyond_mending.end())
        return std::unexpected(why->second);
    TRY(steps_.take());
    region->first = std::min(region->first, page);
    if (evicts_at_mending)
        mended.at_hand.clear();
    mended.at_hand[page.number()] = fault.access;
    return {};
}

Result<void> Pages::put(vm::SpaceId space, VirtAddr address, Bytes text) {
    while (!text.empty()) {
        TRY(mend(space, Fault{address, address, Access::store}));
        const Bytes piece =
            text.first(std::min<std::uint64_t>(text.size(), PAGE_SIZE - address.offset_in_page()));
        set_text(space, address, piece);
        address = address + piece.size();
        text = text.subspan(piece.size());
    }
    return {};
}

bool Pages::allows(Space& space, Page page, Access access) {
    const auto found = space.at_hand.find(page.number());
    const vm::Region* const region = region_of(space, page);
    return region && region->rights.allow(access) && found != space.at_hand.end() &&
           (access != Access::store || found->second == Access::store);
}

VirtAddr Pages::first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                                  Access access) {
    for (std::uint64_t next = 0; next < count;) {
        const VirtAddr address = start + next;
        if (!allows(at(space), Page::containing(address), access))
            return address;
        next += PAGE_SIZE - address.offset_in_page();
    }
    return start + count;
}

bool Pages::is_refused() {
    if (pieces_until_refusal && (*pieces_until_refusal)-- == 0) {
        pieces_until_refusal.reset();
        return true;
    }
    is_turn_to_refuse_ = refuses_by_turns && !is_turn_to_refuse_;
    return is_turn_to_refuse_;
}

Result<void> Pages::copy_out(vm::SpaceId space, VirtAddr to, Bytes bytes) {
    if (is_refused() ||
        first_unreachable(space, to, bytes.size(), Access::store) != to + bytes.size())
        return std::unexpected(Error::not_mapped);
    set_text(space, to, bytes);
    return {};
}

Result<void> Pages::copy_in(vm::SpaceId space, VirtAddr from, std::span<std::byte> bytes) {
    if (is_refused() ||
        first_unreachable(space, from, bytes.size(), Access::load) != from + bytes.size())
        return std::unexpected(Error::not_mapped);
    for (std::uint64_t i = 0; i < bytes.size(); ++i)
        bytes[i] = byte(at(space), from + i);
    return {};
}

std::string Pages::text(vm::SpaceId space, VirtAddr start, std::uint64_t count) {
    std::string text;
    for (std::uint64_t i = 0; i < count; ++i)
        text.push_back(static_cast<char>(byte(at(space), start + i)));
    return text;
}

void Pages::set_text(vm::SpaceId space, VirtAddr start, Bytes text) {
    for (std::uint64_t i = 0; i < text.size(); ++i)
        byte(at(space), start + i) = text[i];
}

void copy_across_domains(std::span<std::byte> destination, std::span<const std::byte> source) {
    std::ranges::copy(source, destination.begin());
}
