// The pager: services/vm as an extension in the kernel's address space.
// SPDX-License-Identifier: MIT
//
// It handles two events of the program that it was started for: Translation.PageNotPresent, and
// those Trap.SystemCalls that ask for more heap. Before: fault_dispatch in ../../fault.cpp. Next:
// fault_install there, through translation_add_mapping. It sees no header but interface/,
// services/, lib/ and the numbers of system calls; what it calls beyond itself, the kernel's linker
// finds among what ../../exports.S offers, or refuses.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "abi/calls/system_calls.hpp"
#include "services/vm/fault.hpp"

namespace {

struct Pager {
    vm::Regions regions;
    vm::Frames frames;
};

constinit Pager pager;

Result<void> page_not_present(const spin::PageNotPresent& event) {
    const vm::Resolution resolution = TRY(fault_resolve(pager.regions, event.fault));
    const vm::FrameName frame = TRY(fault_frame(pager.frames));
    fault_fill(pager.frames, frame, resolution);
    const Result<void> added =
        translation_add_mapping(event.context, resolution.page, frame, resolution.rights);
    if (!added) [[unlikely]]
        TRY(phys_addr_deallocate(frame));
    return added;
}

// Guard: this extension's part of the system calls.
bool is_sbrk(const spin::SystemCall& call) {
    return call.number == static_cast<std::uint64_t>(abi::SystemCall::sbrk);
}

Result<std::uint64_t> sbrk(const spin::SystemCall& call) {
    const std::uint64_t bytes = call.arguments[0];
    if (static_cast<std::int64_t>(bytes) < 0)
        return std::unexpected(Error::invalid);
    return TRY(pager.regions.grow_heap(bytes)).raw();
}

} // namespace

extern "C" Result<void> extension_start(const spin::Program& program) {
    TRY(pager.regions.add_heap(program.heap_start, program.heap_limit));
    TRY(translation_install_page_not_present(program.context, page_not_present));
    return trap_install_system_call(program.context, is_sbrk, sbrk);
}
