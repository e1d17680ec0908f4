// The extension `wired`: services/vm for the one program that the kernel has loaded whole.
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
#include "services/vm/tables.hpp"

namespace {

constexpr std::size_t FRAMES = vm::Frames::CAPACITY;

struct Pager {
    vm::Memory memory;
    vm::SpaceId program;
    vm::Tables<1, FRAMES / vm::NODE_RECORDS + 2, FRAMES, 1, 0> tables;
};

constinit Pager pager;

Result<void> page_not_present(const spin::PageNotPresent& event) {
    TRY(fault_resolve(pager.memory, pager.program, event.fault));
    TRY(fault_frame(pager.memory));
    TRY(fault_fill(pager.memory));
    const vm::Resolution& resolution = pager.memory.resolution();
    return translation_add_mapping(event.context, resolution.page,
                                   pager.memory.frames.capability(resolution.frame),
                                   resolution.rights, resolution.access);
}

// Guard: this extension's part of the system calls.
bool is_sbrk(const spin::SystemCall& call) {
    return call.number() == static_cast<std::uint64_t>(abi::SystemCall::sbrk);
}

Result<std::uint64_t> move_break(std::uint64_t bytes) {
    if (static_cast<std::int64_t>(bytes) < 0)
        return std::unexpected(Error::invalid);
    return TRY(pager.memory.move_break(pager.program, static_cast<std::int64_t>(bytes))).raw();
}

std::uint64_t sbrk(spin::SystemCall call) { return spin::to_word(move_break(call.argument(0))); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program& program) {
    pager.memory.frames.take_from(frames);
    pager.memory.frames.note_given_in(pager.tables.given_frames);
    TRY(pager.memory.set_up(pager.tables.storage(), {}));
    pager.program = TRY(pager.memory.create());
    // Where the machine has no frame left, the first fault will say so.
    static_cast<void>(pager.memory.frames.hold_more());
    TRY(pager.memory.set_heap(pager.program, program.heap_start, program.heap_limit));
    TRY(translation_install_page_not_present(program.context, page_not_present));
    return trap_install_system_call(program.context, is_sbrk, sbrk);
}
