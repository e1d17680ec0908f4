// The pager: virtual memory as a user-mode server, in an address space of its own.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch in ../../fault.cpp, which made the fault a message and switched here; or
// UNIX, with a message (client.hpp). Next: for a fault the stages of services/vm/fault.hpp, and
// with the answer reply_and_wait in ../../ipc/l4/ipc.hpp, and from there fault_install; else
// requests.cpp. It is one loop: it calls the file server and the block driver, and waits for them,
// and they never call it.
#include "kernels/micro/servers/pager/pager.hpp"

#include "kernels/micro/library/server.hpp"
#include "kernels/micro/servers/pager/requests.hpp"
#include "kernels/micro/servers/pager/sizes.hpp"

#include "abi/micro/memory.hpp"
#include "services/vm/sizes.hpp"

const std::string_view server_name = "pager";

namespace {

using abi::micro::MapItem;
using micro::Message;

struct State : Pager {
    // The window of frames, as root gave it.
    Page window;
    std::uint64_t pages = 0;
    vm::Storage tables{};
    bool is_set_up = false;
};
constinit State state;

constexpr std::uint64_t EVICTIONS_A_STEP = 8; // before others are served

// Tables, from the front of the window.
struct TableSource {
    template <class T>
    Result<std::span<T>> take(std::uint64_t count) {
        const std::uint64_t pages = pages_to_hold(count * sizeof(T));
        if (pages > state.pages)
            return std::unexpected(Error::no_memory);
        T* const first = reinterpret_cast<T*>(state.window.start().raw());
        state.window = state.window + pages;
        state.pages -= pages;
        return std::span(first, count);
    }
};

// Three stages; the fourth is the kernel's.
[[gnu::always_inline]] inline Result<void> mend(vm::SpaceId space, const Fault& fault) {
    TRY(fault_resolve(state.memory, space, fault));
    TRY(fault_frame(state.memory));
    return fault_fill(state.memory);
}

// The answer carries the page.
[[gnu::always_inline]] inline Message gift() {
    const vm::Resolution& resolution = state.memory.resolution();
    const Page page = state.memory.frames.page_of(resolution.frame);
    return MapItem{page, resolution.page, resolution.rights}.to_answer();
}

// When the last free frames went into tables, room for some more is made, and it is tried again.
[[gnu::cold, gnu::noinline]] Message answer_with_room(vm::SpaceId space, const Fault& fault,
                                                      Error why) {
    if (why != Error::no_memory)
        return micro::refusal(why);
    const Result<void> made = state.memory.make_room(vm::TABLES_A_PAGE);
    if (!made)
        return micro::refusal(made.error());
    const Result<void> mended = mend(space, fault);
    return mended ? gift() : micro::refusal(mended.error());
}

[[gnu::always_inline]] inline Message answer_fault(vm::SpaceId space, const Fault& fault) {
    const Result<void> mended = mend(space, fault);
    if (!mended) [[unlikely]]
        return answer_with_room(space, fault, mended.error());
    return gift();
}

// The answer before could not be put in force: it gets a table, and is the same again.
[[gnu::cold, gnu::noinline]] Message answer_with_table(vm::SpaceId space, const Fault& fault) {
    Result<void> given = give_table();
    if (!given) {
        const Result<void> made = state.memory.make_room(vm::TABLES_A_PAGE);
        if (!made)
            return micro::refusal(made.error());
        given = give_table();
    }
    return given ? answer_fault(space, fault) : micro::refusal(given.error());
}

// A space's badge is its number.
[[gnu::always_inline]] inline Message answer_to(const micro::Received& request) {
    const vm::SpaceId space(request.badge);
    if (request.message.label == abi::micro::label::PAGE_FAULT) [[likely]]
        return answer_fault(space, abi::micro::fault_of(request.message));
    if (request.message.label == abi::micro::label::TABLE_WANTED)
        return answer_with_table(space, abi::micro::fault_of(request.message));
    // A copy: so that no fault need lie in memory as a message.
    return serve({{request.message.label, request.message.words}, request.token, request.badge});
}

// A server has no daemon: it pages out between its requests, a few pages at a time.
[[gnu::cold, gnu::noinline]] micro::Received page_out_and_wait(std::uint64_t token,
                                                               const Message& answer) {
    micro::exchange(micro::Operation::reply, token, answer);
    for (;;) {
        const Result<std::uint64_t> evicted = state.memory.page_out(EVICTIONS_A_STEP);
        const bool is_more_to_do = evicted && *evicted != 0;
        const micro::Received request =
            micro::receive(abi::micro::ANYBODY, is_more_to_do ? 0 : abi::micro::FOR_EVER);
        if (request.message.label != abi::to_register(Error::would_block))
            return request;
    }
}

// The first request after that.
[[gnu::noinline]] micro::Received wait_until_set_up() {
    micro::Received request = micro::receive(abi::micro::ANYBODY);
    while (!state.is_set_up)
        request = micro::reply_and_wait(request.token, serve(request));
    return request;
}

} // namespace

Pager& the_pager() { return state; }

namespace {

// Once: as for the largest memory that there may be, with SLOTS for pages on the disk.
Result<void> make_tables(std::uint64_t slots) {
    if (std::exchange(state.is_set_up, true))
        return {};
    TRY(state.disk.connect());
    TableSource source;
    const auto given = TRY(source.take<std::uint32_t>(state.pages));
    state.tables = TRY(vm::make_storage(state.spaces, state.pages, slots, source));
    state.memory.frames.adopt(state.window, state.pages);
    state.memory.frames.note_given_in(given);
    return {};
}

} // namespace

Result<void> place_memory(const vm::Configuration& asked) {
    if (state.is_set_up)
        return std::unexpected(Error::busy);
    const files::SwapArea area = state.others[0].take_part(TRY(state.files.swap_area()));
    state.memory.swap.adopt(area);
    TRY(make_tables(area.count));
    // Page tables are taken from the same frames: a root for each space, and the rest below it.
    vm::Configuration configuration = asked;
    configuration.pool = std::min(configuration.pool, the_pager().most_frames());
    configuration.tables_a_node = 1;
    return state.memory.set_up(state.tables, configuration);
}

Result<void> place_part(const vm::Configuration& asked, files::SwapArea part) {
    TRY(make_tables(part.count));
    if (asked.pool > state.pages)
        return std::unexpected(Error::no_memory);
    state.memory.swap.adopt(part);
    return state.memory.set_up(state.tables, asked);
}

std::uint64_t Pager::most_frames() const {
    return state.pages - std::min<std::uint64_t>(state.pages, pager::SPACES);
}

// Root starts it here, with its window of frames. A function that does not return is cold to the
// compiler; this one is the loop.
extern "C" [[noreturn, gnu::hot]] void server_main(std::uint64_t window, std::uint64_t pages) {
    state.window = Page::containing(VirtAddr(window));
    state.pages = pages;
    micro::Received request = wait_until_set_up();
    for (;;) {
        const Message answer = answer_to(request);
        if (state.memory.needs_page_out()) [[unlikely]]
            request = page_out_and_wait(request.token, {answer.label, answer.words});
        else
            request = micro::reply_and_wait(request.token, answer);
    }
}
