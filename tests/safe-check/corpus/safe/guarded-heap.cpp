// A handler with a guard: faults in the program's heap are served, all others left to others.
// SPDX-License-Identifier: MIT
//
// Does: state in one struct, a guard without effects, frames zeroed and mapped.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Heap {
    VirtAddr start{};
    VirtAddr limit{};
    spin::FrameQuota frames{};
    std::uint64_t pages = 0;
};
constinit Heap heap{};

bool is_in_heap(const spin::PageNotPresent& event) {
    return event.fault.address >= heap.start && event.fault.address < heap.limit;
}

Result<void> grow(const spin::PageNotPresent& event) {
    if (event.fault.access == Access::fetch)
        return std::unexpected(Error::not_permitted);
    const spin::FrameCapability frame = TRY(phys_addr_allocate(heap.frames));
    zero_page(frame.bytes());
    heap.pages += 1;
    return translation_add_mapping(event.context, Page::containing(event.fault.address), frame,
                                   Rights::read_write(), event.fault.access);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    heap = {.start = program.heap_start, .limit = program.heap_limit, .frames = quota};
    return translation_install_page_not_present_guarded(program.context, is_in_heap, grow);
}
