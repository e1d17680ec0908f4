// The pager of a system of two, itself and a program that is wired but for its heap.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch in ../../fault.cpp, which made the fault a message and switched here.
// Next, with the answer: reply_and_wait in ../../ipc/l4/ipc.hpp, and from there fault_install.
#include "kernels/micro/library/server.hpp"

#include "abi/errors.hpp"
#include "abi/micro/memory.hpp"
#include "lib/panic.hpp"
#include "services/vm/fault.hpp"
#include "services/vm/tables.hpp"

const std::string_view server_name = "wired";

namespace {

namespace label = abi::micro::label;
using abi::micro::MapItem;
using micro::Message;
using micro::Received;
using micro::refusal;

// All that the pager knows. One client as yet: whoever may send to this pager is it, whatever the
// badge.
struct Pager {
    vm::Memory memory;
    vm::SpaceId client;
    // As many as a heap of the largest size needs, and a few.
    static constexpr std::size_t FRAMES = 2048;
    vm::Tables<1, FRAMES / vm::NODE_RECORDS + 2, FRAMES, 1, 0> tables;
};
constinit Pager pager;

// Three stages; the answer carries the page.
Result<MapItem> mend(const Fault& fault) {
    TRY(fault_resolve(pager.memory, pager.client, fault));
    TRY(fault_frame(pager.memory));
    TRY(fault_fill(pager.memory));
    const vm::Resolution& resolution = pager.memory.resolution();
    return MapItem{pager.memory.frames.page_of(resolution.frame), resolution.page,
                   resolution.rights};
}

Message answer_fault(const Fault& fault) {
    const Result<MapItem> item = mend(fault);
    return item ? item->to_answer() : refusal(item.error());
}

Message grow_heap(std::uint64_t bytes) {
    if (static_cast<std::int64_t>(bytes) < 0)
        return refusal(Error::invalid);
    const Result<VirtAddr> old_end =
        pager.memory.move_break(pager.client, static_cast<std::int64_t>(bytes));
    return old_end ? Message{label::DONE, {old_end->raw()}} : refusal(old_end.error());
}

Message serve(const Message& request) {
    switch (request.label) {
    case label::PAGE_FAULT:
        return answer_fault(abi::micro::fault_of(request));
    case label::GROW_HEAP:
        return grow_heap(request.words[0]);
    default:
        return refusal(Error::invalid);
    }
}

} // namespace

// Root starts it here: its window of frames, and the range of its client's heap.
extern "C" [[noreturn]] void server_main(std::uint64_t window, std::uint64_t pages,
                                         std::uint64_t heap_start, std::uint64_t heap_limit) {
    pager.memory.frames.adopt(Page::containing(VirtAddr(window)), pages);
    pager.memory.frames.note_given_in(pager.tables.given_frames);
    // Where the window is empty, the first fault will say so.
    static_cast<void>(pager.memory.frames.hold_more());
    // Cannot fail: the tables fit each other, no space is taken, and the loader's ranges are whole
    // pages.
    MUST(pager.memory.set_up(pager.tables.storage(), {}));
    pager.client = MUST(pager.memory.create());
    MUST(pager.memory.set_heap(pager.client, VirtAddr(heap_start), VirtAddr(heap_limit)));
    Received request;
    Message answer{}; // to nobody yet
    for (;;) {
        request = micro::reply_and_wait(request.token, answer);
        answer = serve(request.message);
    }
}
