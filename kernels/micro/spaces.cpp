// What managers of spaces ask of the kernel: spaces, their tables, and what is mapped there.
// SPDX-License-Identifier: MIT
//
// Before: other_operation in syscall.cpp. Next: space.cpp, frames.cpp.
#include "authority.hpp"
#include "kernel.hpp"
#include "objects.hpp"

#include "abi/errors.hpp"
#include "arch/riscv/csr.hpp"

#include <algorithm>
#include <optional>

namespace objects {

namespace {

using abi::micro::SpaceAction;
using abi::micro::SpaceItem;
namespace right = abi::micro::right;

constexpr CapRights MANAGE{right::MANAGE};
constexpr std::uint64_t USED = 1; // a space's token is odd while it is one

Space* unused_space() {
    for (Space& space : kernel.spaces)
        if ((space.token & USED) == 0)
            return &space;
    return nullptr;
}

std::uint64_t usage_of(const sv39::Pte& entry) {
    return (entry.flags().accessed() ? abi::micro::ACCESSED : 0) |
           (entry.flags().dirty() ? abi::micro::DIRTY : 0);
}

// The usage of a page, or nothing where none is mapped.
std::uint64_t usage_of(const Result<sv39::Pte>& entry) { return entry ? usage_of(*entry) : 0; }

// The frame of MANAGER's own page that ITEM names. bad_address: it has none there with these
// rights.
Result<Frame> frame_for(const Thread& manager, const SpaceItem& item) {
    const sv39::Pte* const page =
        find_page(manager, Page::containing(VirtAddr(item.operand)), item.rights());
    if (page == nullptr || !sv39::has_encoding(item.rights()))
        return std::unexpected(Error::bad_address);
    if (item.rights().can_execute())
        csr::fence_instructions(); // it was stored, and will be fetched
    return page->frame();
}

Result<std::uint64_t> carry_out(const Thread& manager, Space& space, const SpaceItem& item) {
    switch (item.action()) {
    case SpaceAction::map:
        TRY(space.map(item.page(), TRY(frame_for(manager, item)), item.rights()));
        return 0;
    case SpaceAction::install: {
        const std::uint64_t access = item.access() - 1;
        if (!is_access(access))
            return std::unexpected(Error::invalid);
        TRY(space.install(item.page(), TRY(frame_for(manager, item)), item.rights(),
                          static_cast<Access>(access)));
        return 0;
    }
    case SpaceAction::protect:
        if (item.rights().can_execute())
            csr::fence_instructions(); // the program may have stored what it will fetch
        return usage_of(space.protect(item.page(), item.rights()));
    case SpaceAction::unmap:
        return usage_of(space.unmap(item.page()));
    case SpaceAction::examine:
        return usage_of(space.examine(item.page()));
    case SpaceAction::forget_access:
        static_cast<void>(space.forget_access(item.page())); // where nothing is, nothing was
        return 0;
    }
    return std::unexpected(Error::invalid);
}

// Who was in it runs nowhere from now on.
void end_space(Space& space) {
    for (Thread& thread : kernel.threads)
        if (thread.space == &space)
            thread.space = &kernel.no_space;
    space.empty();
    space.token += USED;
    space.ranges = {};
}

} // namespace

Result<std::uint64_t> create_space(Thread& caller, CapSlot slot) {
    if (!may(caller, right::CREATE))
        return std::unexpected(Error::not_permitted);
    Capability& capability = *TRY(empty_slot(caller, slot));
    Space* const place = unused_space();
    if (place == nullptr)
        return std::unexpected(Error::too_many);
    const Frame root = TRY(kernel.frames.take_table(caller));
    const std::uint64_t token = place->token + USED;
    const auto number = static_cast<std::uint64_t>(place - kernel.spaces.data());
    *place = Space(root, sv39::Asid(number + 1));
    place->token = token;
    place->manager = &caller;
    place->manager_token = caller.token;
    place->tables = 1;
    capability.space = place;
    capability.token = token;
    capability.rights = CapRights::of_space();
    return 0;
}

Result<std::uint64_t> destroy_space(Thread& caller, CapSlot slot) {
    const Capability* const capability = find_capability(caller, slot, MANAGE);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    Space& space = *capability->space;
    if (space.token == capability->token) {
        if (caller.space == &space)
            return std::unexpected(Error::busy);
        end_space(space);
    }
    caller.capabilities[slot.raw()] = {};
    return 0;
}

Result<std::uint64_t> change_space(Thread& caller, CapSlot slot, VirtAddr items,
                                   std::uint64_t count) {
    Space& space = *TRY(held_space(caller, slot, MANAGE));
    const sv39::Pte* const page = caller.space->use(Page::containing(items), Access::store);
    const std::uint64_t offset = items.offset_in_page();
    const bool is_list =
        offset % alignof(SpaceItem) == 0 && count <= (PAGE_SIZE - offset) / sizeof(SpaceItem);
    if (page == nullptr || !is_list)
        return std::unexpected(Error::bad_address);
    auto* const list = reinterpret_cast<SpaceItem*>(frame_bytes(page->frame()).data() + offset);
    for (std::uint64_t done = 0; done < count; ++done) {
        const Result<std::uint64_t> outcome = carry_out(caller, space, list[done]);
        list[done].operand = abi::to_register(outcome);
        if (!outcome)
            return done;
    }
    return count;
}

namespace {

bool is_same(const Capability& one, const Capability& other) {
    return one.receiver == other.receiver && one.token == other.token && one.badge == other.badge;
}

// ADDED's part of SPACE is its pager's, and nobody else's any more. Neighbours of one pager are one
// range, where the first of them was. too_many.
Result<void> divide(Space& space, Space::PagedRange added) {
    using Range = Space::PagedRange;
    const VirtAddr first = added.start;
    const VirtAddr end = added.end();
    std::array<Range, 2 * Space::RANGES + 1> ranges;
    std::size_t count = 0;
    std::optional<std::size_t> place;
    for (const Range& range : space.ranges) {
        if (range.bytes == 0)
            continue;
        if (is_same(range.pager, added.pager) && range.start <= added.end() &&
            added.start <= range.end()) {
            const VirtAddr joined_end = std::max(range.end(), added.end());
            added.start = std::min(range.start, added.start);
            added.bytes = joined_end.raw() - added.start.raw();
            place = place.value_or(count);
            continue;
        }
        if (range.start < first)
            ranges[count++] = range.part(range.start, std::min(range.end(), first));
        if (range.end() > end)
            ranges[count++] = range.part(std::max(range.start, end), range.end());
    }
    if (count == Space::RANGES)
        return std::unexpected(Error::too_many);
    ranges[count] = added;
    std::rotate(ranges.begin() + place.value_or(count), ranges.begin() + count,
                ranges.begin() + count + 1);
    space.ranges = {};
    std::copy_n(ranges.begin(), count + 1, space.ranges.begin());
    return {};
}

} // namespace

Result<std::uint64_t> set_pager(Thread& caller, CapSlot slot, const PagedPart& part) {
    Space& space = *TRY(held_space(caller, slot, MANAGE));
    Thread& pager = part.pager == abi::micro::SELF
                        ? caller
                        : *TRY(held_thread(caller, CapSlot(part.pager), CapRights(right::CONTROL)));
    if (part.first >= part.end || part.end > VirtAddr(USER_END))
        return std::unexpected(Error::invalid);
    Space::PagedRange range{.start = part.first, .bytes = part.end.raw() - part.first.raw()};
    range.pager.receiver = &pager;
    range.pager.token = pager.token;
    range.pager.badge = part.badge;
    range.pager.rights = CapRights::send();
    TRY(divide(space, range));
    return 0;
}

Result<std::uint64_t> count_tables(const Thread& caller, CapSlot slot) {
    return TRY(held_space(caller, slot, MANAGE))->tables;
}

// In this order: what the caller has mapped no more, nobody else may have.
Result<std::uint64_t> give_table(Thread& caller, VirtAddr address) {
    const Page page = Page::containing(address);
    const sv39::Pte* const entry = find_page(caller, page, Rights::read_write());
    if (entry == nullptr)
        return std::unexpected(Error::not_mapped);
    TRY(kernel.frames.give_table(caller, entry->frame(), page, entry->flags().rights()));
    static_cast<void>(caller.space->take_away(page)); // it stands there
    return 0;
}

Result<std::uint64_t> take_table(Thread& caller) {
    const auto [frame, home, rights] = TRY(kernel.frames.return_table(caller));
    const Result<void> back = caller.space->put_back(home, frame, rights);
    if (!back) {
        // The caller has mapped something else there, or runs in another space.
        MUST(kernel.frames.give_table(caller, frame, home, rights)); // nobody has it mapped
        return std::unexpected(back.error());
    }
    return home.start().raw();
}

namespace {

bool is_page_of(std::uint64_t page, const PhysRange& registers) {
    return page == registers.start.raw() / PAGE_SIZE && registers.size() != 0;
}

// Memory that was handed over, or a device's registers.
bool is_for_root(std::uint64_t physical_page) {
    if (kernel.frames.is_handed_over(Frame(physical_page)))
        return true;
    for (const DeviceInfo& device : kernel.boot.virtio_slots())
        if (is_page_of(physical_page, device.registers))
            return true;
    return is_page_of(physical_page, kernel.boot.uart.registers);
}

} // namespace

Result<std::uint64_t> map_memory(Thread& caller, CapSlot slot, std::uint64_t where,
                                 std::uint64_t physical_page, std::uint64_t count) {
    if (!may(caller, right::MEMORY))
        return std::unexpected(Error::not_permitted);
    Space& space = *TRY(held_space(caller, slot, MANAGE));
    const Page first = Page::containing(VirtAddr(where));
    const Rights rights = Rights::from_raw(where);
    if (!sv39::has_encoding(rights))
        return std::unexpected(Error::invalid);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!is_for_root(physical_page + i))
            return std::unexpected(Error::invalid);
        TRY(space.map_used(first + i, Frame(physical_page + i), rights));
    }
    csr::fence_instructions();
    return 0;
}

} // namespace objects
