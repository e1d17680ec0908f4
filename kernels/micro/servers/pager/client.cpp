// vm::Service over messages to the pager.
// SPDX-License-Identifier: MIT
//
// Before: services/calls, in the UNIX server; the first pager, for the second. Next: requests.cpp
// and held.cpp of the pager. no_process is no
// word of memory: where the pager has gone, everything is input_output.
#include "kernels/micro/servers/pager/client.hpp"

namespace pager {

namespace {

using abi::micro::READABLE;
using abi::micro::WRITABLE;
using micro::address_of;
using micro::Message;

Result<std::uint64_t> ask(micro::CapSlot pager, const Message& request, std::uint64_t flags = 0) {
    const Message answer = micro::call(pager, request, flags);
    const Result<std::uint64_t> done = micro::to_result(answer.label);
    if (!done)
        return std::unexpected(done.error() == Error::no_process ? Error::input_output
                                                                 : done.error());
    return answer.words[0];
}

Result<void> without_word(const Result<std::uint64_t>& answer) {
    TRY(answer);
    return {};
}

} // namespace

Result<void> Client::set_up(const vm::Configuration& configuration) {
    return without_word(
        ask(pager_, {label::SET_UP, {0, 0, 0, address_of(&configuration), sizeof(configuration)}},
            READABLE));
}

Result<vm::SpaceId> Client::make(const Message& request, std::uint64_t flags) {
    std::uint8_t place = 0;
    while (place < SPACES && is_used_[place])
        ++place;
    if (place == SPACES)
        return std::unexpected(Error::too_many);
    const vm::SpaceId space(
        TRY(ask(pager_, request, flags | abi::micro::accepts(first_space_ + place))));
    is_used_[place] = true;
    places_[space.raw()] = place;
    return space;
}

Result<vm::SpaceId> Client::create(std::span<const vm::Region> regions, vm::HeapPlace heap) {
    return make({label::CREATE,
                 {regions.size(), heap.start.raw(), heap.limit.raw(), address_of(regions.data()),
                  regions.size_bytes()}},
                READABLE);
}

Result<vm::SpaceId> Client::fork(vm::SpaceId space) {
    return make({label::FORK, {space.raw()}}, 0);
}

void Client::destroy(vm::SpaceId space) {
    static_cast<void>(ask(pager_, {label::DESTROY, {space.raw()}}));
    is_used_[places_[space.raw()]] = false;
}

Result<void> Client::map(vm::SpaceId space, const vm::Region& region) {
    return without_word(ask(
        pager_, {label::MAP, {space.raw(), 0, 0, address_of(&region), sizeof(region)}}, READABLE));
}

Result<Page> Client::map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range) {
    const RegionWithin asked{region, range};
    const std::uint64_t start =
        TRY(ask(pager_, {label::MAP_WITHIN, {space.raw(), 0, 0, address_of(&asked), sizeof(asked)}},
                READABLE));
    return Page::containing(VirtAddr(start));
}

Result<void> Client::unmap(vm::SpaceId space, vm::PageRange range) {
    return without_word(
        ask(pager_,
            {label::UNMAP, {space.raw(), range.first.start().raw(), range.pages() * PAGE_SIZE}}));
}

Result<void> Client::protect(vm::SpaceId space, vm::PageRange range, Rights rights) {
    return without_word(ask(pager_, {label::PROTECT,
                                     {space.raw(), range.first.start().raw(),
                                      range.pages() * PAGE_SIZE, rights.raw()}}));
}

Result<VirtAddr> Client::move_break(vm::SpaceId space, std::int64_t bytes) {
    return VirtAddr(
        TRY(ask(pager_, {label::MOVE_BREAK, {space.raw(), static_cast<std::uint64_t>(bytes)}})));
}

Result<void> Client::advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
    return without_word(ask(pager_, {label::ADVISE,
                                     {space.raw(), range.first.number(), range.end.number(),
                                      static_cast<std::uint64_t>(advice)}}));
}

Result<void> Client::mend(vm::SpaceId space, const Fault& fault) {
    return without_word(ask(pager_, {label::MEND,
                                     {space.raw(), fault.address.raw(), fault.pc.raw(),
                                      static_cast<std::uint64_t>(fault.access)}}));
}

Result<void> Client::put(vm::SpaceId space, VirtAddr address, Bytes text) {
    return without_word(ask(
        pager_, {label::PUT, {space.raw(), address.raw(), 0, address_of(text.data()), text.size()}},
        READABLE));
}

Result<void> Client::write_back() { return without_word(ask(pager_, {label::WRITE_BACK, {}})); }

Result<std::uint64_t> Client::set_pool(std::uint64_t frames) {
    return ask(pager_, {label::SET_POOL, {frames}});
}

vm::Statistics Client::statistics() const {
    vm::Statistics now{};
    // Where the pager has gone, there is nothing to count.
    static_cast<void>(
        ask(pager_, {label::STATISTICS, {0, 0, 0, address_of(&now), sizeof(now)}}, WRITABLE));
    return now;
}

std::uint64_t Client::resident_pages(vm::SpaceId space) const {
    const Result<std::uint64_t> pages = ask(pager_, {label::RESIDENT, {space.raw()}});
    return pages ? *pages : 0;
}

Result<void> Client::hold(const Held& held) {
    return without_word(
        ask(pager_, {label::HOLD, {0, 0, 0, address_of(&held), sizeof(held)}}, READABLE));
}

void Client::let_go() { static_cast<void>(ask(pager_, {label::LET_GO, {}})); }

// Where it has gone, it holds nothing.
vm::Region Client::piece(vm::PageRange range) const {
    const Message answer =
        micro::call(pager_, {label::PIECE, {range.first.number(), range.end.number()}});
    if (!micro::to_result(answer.label))
        return {};
    return {.first = Page(answer.words[0]),
            .end = Page(answer.words[1]),
            .rights = Rights::from_raw(answer.words[2])};
}

bool Client::is_untouched(Page page) const {
    const auto answer = ask(pager_, {label::UNTOUCHED, {HELD.raw(), page.number()}});
    return answer && *answer != 0;
}

Result<void> Client::read(Page page, std::span<std::byte, PAGE_SIZE> into) {
    return without_word(ask(
        pager_, {label::READ, {HELD.raw(), page.number(), 0, address_of(into.data()), into.size()}},
        WRITABLE));
}

} // namespace pager
