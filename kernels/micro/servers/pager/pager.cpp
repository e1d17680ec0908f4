// The pager: virtual memory as a user-mode server, in an address space of its own.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch in ../../fault.cpp, which made the fault a message and switched here; or
// UNIX, with a message (client.hpp). Next: requests.cpp; with the answer to a fault, reply_and_wait
// in ../../ipc/l4/ipc.hpp, and from there fault_install. It is one loop: it calls the file server
// and the block driver, and waits for them, and they never call it.
#include "kernels/micro/servers/pager/pager.hpp"

#include "kernels/micro/library/server.hpp"
#include "kernels/micro/servers/pager/requests.hpp"
#include "kernels/micro/servers/pager/sizes.hpp"

#include "services/vm/sizes.hpp"

const std::string_view server_name = "pager";

namespace {

struct State : Pager {
    // The window of frames, as root gave it.
    Page window;
    std::uint64_t pages = 0;
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

// A server has no daemon: it pages out between its requests, a few pages at a time.
micro::Received page_out_and_wait() {
    for (;;) {
        const Result<std::uint64_t> evicted = state.memory.page_out(EVICTIONS_A_STEP);
        const bool is_more_to_do = evicted && *evicted != 0;
        const micro::Received request =
            micro::receive(abi::micro::ANYBODY, is_more_to_do ? 0 : abi::micro::FOR_EVER);
        if (request.message.label != abi::to_register(Error::would_block))
            return request;
    }
}

} // namespace

Pager& the_pager() { return state; }

Result<void> place_memory(const vm::Configuration& asked) {
    if (std::exchange(state.is_set_up, true))
        return std::unexpected(Error::busy);
    TRY(state.disk.connect());
    const files::SwapArea area = TRY(state.files.swap_area());
    state.memory.swap.adopt(area);
    TableSource source;
    const auto given = TRY(source.take<std::uint32_t>(state.pages));
    const vm::Storage storage =
        TRY(vm::make_storage(state.spaces, state.pages, area.count, source));
    state.memory.frames.adopt(state.window, state.pages);
    state.memory.frames.note_given_in(given);
    // Page tables are taken from the same frames: a root for each space, and the rest below it.
    vm::Configuration configuration = asked;
    const std::uint64_t free = state.pages - std::min(state.pages, pager::SPACES);
    configuration.pool = std::min(configuration.pool, free);
    configuration.tables_a_node = 1;
    return state.memory.set_up(storage, configuration);
}

// Root starts it here, with its window of frames.
extern "C" [[noreturn]] void server_main(std::uint64_t window, std::uint64_t pages) {
    state.window = Page::containing(VirtAddr(window));
    state.pages = pages;
    micro::Received request = micro::receive(abi::micro::ANYBODY);
    for (;;) {
        const micro::Message answer = serve(request);
        if (state.is_set_up && state.memory.needs_page_out()) [[unlikely]] {
            micro::exchange(micro::Operation::reply, request.token, answer);
            request = page_out_and_wait();
        } else {
            request = micro::reply_and_wait(request.token, answer);
        }
    }
}
