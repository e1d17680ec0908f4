// The pager: virtual memory as a user-mode server, in an address space of its own.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch in ../../fault.cpp, which made the fault a message and switched here.
// Next, with the answer: reply_and_wait in ../../ipc/l4/ipc.hpp, and from there fault_install.
#include "kernels/micro/library/ipc.hpp"

#include "abi/errors.hpp"
#include "abi/micro/memory.hpp"
#include "lib/panic.hpp"
#include "services/vm/fault.hpp"

namespace {

namespace label = abi::micro::label;
using abi::micro::MapItem;
using micro::Message;
using micro::Received;

// All that the pager knows. One client as yet: whoever may send to this pager is it, whatever the
// badge.
struct Pager {
    vm::Frames frames;
    vm::Regions regions;
};
constinit Pager pager;

Message refusal(Error error) { return {static_cast<std::uint64_t>(abi::to_number(error)), {}}; }

// Three stages; the answer carries the page.
Result<MapItem> mend(const Fault& fault) {
    const vm::Resolution resolution = TRY(fault_resolve(pager.regions, fault));
    const Page page = TRY(fault_frame(pager.frames));
    fault_fill(pager.frames, page, resolution);
    return MapItem{page, resolution.page, resolution.rights};
}

Message answer_fault(const Fault& fault) {
    const Result<MapItem> item = mend(fault);
    return item ? item->to_answer() : refusal(item.error());
}

Message grow_heap(std::uint64_t bytes) {
    if (static_cast<std::int64_t>(bytes) < 0)
        return refusal(Error::invalid);
    const Result<VirtAddr> old_end = pager.regions.grow_heap(bytes);
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

// The loader starts the pager here: its window of frames, and the range of its client's heap.
extern "C" [[noreturn]] void pager_start(std::uint64_t window, std::uint64_t pages,
                                         std::uint64_t heap_start, std::uint64_t heap_limit) {
    pager.frames.adopt(Page::containing(VirtAddr(window)), pages);
    // Cannot fail: the table of regions is empty, and the loader's ranges are whole pages.
    MUST(pager.regions.add_heap(VirtAddr(heap_start), VirtAddr(heap_limit)));
    Message answer{}; // to nobody yet
    for (;;) {
        const Received request = micro::reply_and_wait(answer);
        answer = serve(request.message);
    }
}

// The pager's own broken invariant: it says so and dies by a trap, which the kernel reports by
// name.
void panic(std::string_view why) {
    using micro::Operation;
    for (const std::string_view part :
         {std::string_view("pager: panic: "), why, std::string_view("\n")})
        micro::kernel_call(Operation::debug_write, reinterpret_cast<std::uint64_t>(part.data()),
                           part.size());
    __builtin_trap();
}
