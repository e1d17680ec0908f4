// One function for each request: its words and its window, the service, an answer.
// SPDX-License-Identifier: MIT
//
// Before: the loop in pager.cpp, which answers faults itself. Next: vm::BehindLock
// (services/vm/behind_lock.hpp).
#include "kernels/micro/servers/pager/requests.hpp"

#include "kernels/micro/library/windows.hpp"
#include "kernels/micro/servers/pager/held.hpp"
#include "kernels/micro/servers/pager/pager.hpp"
#include "kernels/micro/servers/pager/sizes.hpp"

#include "services/vm/asked.hpp"

namespace {

using micro::answer_of;
using micro::Message;
using micro::Received;
using micro::refusal;
namespace label = pager::label;

// Where a window is copied to; a create's regions, or what is put into a space.
constinit std::array<std::byte, PAGE_SIZE> text{};
constexpr std::size_t MOST_REGIONS = 40;
constinit std::array<vm::Region, MOST_REGIONS> regions{};

Message answer_with(std::uint64_t word) { return {abi::micro::label::DONE, {word}}; }
template <class T, class ToWord>
Message answer_of(const std::expected<T, Error>& result, ToWord to_word) {
    return result ? answer_with(to_word(*result)) : refusal(result.error());
}

template <class T>
std::span<std::byte> room_of(T& object) {
    return std::as_writable_bytes(std::span<T, 1>(&object, 1));
}

// The window of who waits under TOKEN, from its start.
Result<void> take(std::uint64_t token, std::span<std::byte> room) {
    return micro::copy_from_user(micro::Window{token}, VirtAddr(0), room);
}

// --- of a program, about its own space, or of UNIX about any ---

Message unmap(vm::SpaceId space, const Message& request) {
    const auto pages = vm::pages_of(request.words[1], request.words[2]);
    return pages ? answer_of(the_pager().advised.unmap(space, *pages)) : refusal(pages.error());
}

Message protect(vm::SpaceId space, const Message& request) {
    const auto pages = vm::pages_of(request.words[1], request.words[2]);
    const auto rights = vm::rights_of(request.words[3]);
    if (!pages || !rights)
        return refusal(Error::invalid);
    return answer_of(the_pager().advised.protect(space, *pages, *rights));
}

Message move_break(vm::SpaceId space, const Message& request) {
    const auto bytes = static_cast<std::int64_t>(request.words[1]);
    return answer_of(the_pager().service.move_break(space, bytes),
                     [](VirtAddr end) { return end.raw(); });
}

// --- of UNIX ---

Message set_up(std::uint64_t token) {
    vm::Configuration configuration{};
    const Result<void> taken = take(token, room_of(configuration));
    return answer_of(taken ? place_memory(configuration) : taken);
}

// With the new space goes a capability to let a thread run in it.
Message give_space(std::uint64_t token, const Result<vm::SpaceId>& space) {
    if (!space)
        return refusal(space.error());
    const Result<void> given =
        micro::give(token, vm::Translations::slot_of(*space), micro::right::ENTER);
    if (given)
        return answer_with(space->raw());
    the_pager().service.destroy(*space);
    return refusal(given.error());
}

Message create(std::uint64_t token, const Message& request) {
    const std::uint64_t count = request.words[0];
    if (count > regions.size())
        return refusal(Error::too_many);
    const std::span list = std::span(regions).first(count);
    const Result<void> taken = take(token, std::as_writable_bytes(list));
    if (!taken)
        return refusal(taken.error());
    return give_space(token, the_pager().service.create(
                                 list, {VirtAddr(request.words[1]), VirtAddr(request.words[2])}));
}

Message map(std::uint64_t token, vm::SpaceId space) {
    vm::Region region{};
    const Result<void> taken = take(token, room_of(region));
    return answer_of(taken ? the_pager().service.map(space, region) : taken);
}

Message map_within(std::uint64_t token, vm::SpaceId space) {
    pager::RegionWithin asked{};
    if (const Result<void> taken = take(token, room_of(asked)); !taken)
        return refusal(taken.error());
    return answer_of(the_pager().service.map_within(space, asked.region, asked.range),
                     [](Page page) { return page.start().raw(); });
}

Message advise(vm::SpaceId space, const Message& request) {
    const vm::PageRange range{Page(request.words[1]), Page(request.words[2])};
    return answer_of(
        the_pager().advised.advise(space, range, static_cast<abi::Advice>(request.words[3])));
}

Message mend_for(vm::SpaceId space, const Message& request) {
    return answer_of(the_pager().advised.mend(space, Fault{VirtAddr(request.words[1]),
                                                           VirtAddr(request.words[2]),
                                                           static_cast<Access>(request.words[3])}));
}

Message put(std::uint64_t token, vm::SpaceId space, const Message& request) {
    const std::uint64_t bytes = request.words[4];
    for (std::uint64_t done = 0; done < bytes;) {
        const auto piece = std::span(text).first(std::min(bytes - done, PAGE_SIZE));
        Result<void> moved = micro::copy_from_user(micro::Window{token}, VirtAddr(done), piece);
        if (moved)
            moved = the_pager().service.put(space, VirtAddr(request.words[1]) + done, piece);
        if (!moved)
            return refusal(moved.error());
        done += piece.size();
    }
    return {};
}

Message statistics(std::uint64_t token) {
    vm::Statistics now = the_pager().advised.statistics();
    return answer_of(micro::copy_to_user(micro::Window{token}, VirtAddr(0), room_of(now)));
}

// What only who makes spaces may ask.
Message serve_creator(const Received& received) {
    const Message& request = received.message;
    const vm::SpaceId space(request.words[0]);
    auto& service = the_pager().service;
    auto& advised = the_pager().advised;
    switch (request.label) {
    case label::SET_UP:
        return set_up(received.token);
    case label::CREATE:
        return create(received.token, request);
    case label::WRITE_BACK:
        return answer_of(service.write_back());
    case label::SET_POOL:
        return answer_of(advised.set_pool(request.words[0], the_pager().most_frames()),
                         [](std::uint64_t before) { return before; });
    case label::STATISTICS:
        return statistics(received.token);
    case label::HOLD:
    case label::LET_GO:
    case label::PIECE:
    case label::UNTOUCHED:
    case label::READ:
        return serve_first_pager(received);
    default:
        break;
    }
    if (space.raw() >= pager::SPACES)
        return refusal(Error::invalid);
    switch (request.label) {
    case label::FORK:
        return give_space(received.token, advised.fork(space));
    case label::DESTROY:
        advised.destroy(space);
        return {};
    case label::MAP:
        return map(received.token, space);
    case label::MAP_WITHIN:
        return map_within(received.token, space);
    case label::ADVISE:
        return advise(space, request);
    case label::MEND:
        return mend_for(space, request);
    case label::PUT:
        return put(received.token, space, request);
    case label::RESIDENT:
        return answer_with(advised.resident_pages(space));
    case label::UNMAP:
        return unmap(space, request);
    case label::PROTECT:
        return protect(space, request);
    case label::MOVE_BREAK:
        return move_break(space, request);
    default:
        return refusal(Error::invalid);
    }
}

} // namespace

Message serve(const Received& received) {
    const Message& request = received.message;
    if (received.badge == pager::CREATOR)
        return serve_creator(received);
    const vm::SpaceId space(received.badge);
    switch (request.label) {
    case label::UNMAP:
        return unmap(space, request);
    case label::PROTECT:
        return protect(space, request);
    case label::MOVE_BREAK:
        return move_break(space, request);
    default:
        return refusal(Error::invalid);
    }
}
