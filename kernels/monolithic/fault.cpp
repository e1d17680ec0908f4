// The road of a page fault through the monolithic kernel: seven calls in one address space.
// SPDX-License-Identifier: MIT
//
// Before: on_page_fault in entry.cpp; or a system call whose arguments lie in a page that is not
// there (authority.cpp). The three middle stages are services/vm, linked into the kernel. Next:
// trap_return in entry.S.
#include "fault.hpp"

#include "handlers.hpp"
#include "kernel.hpp"

#include "arch/riscv/csr.hpp"
#include "lib/exception.hpp"
#include "services/vm/fault.hpp"

extern "C" {

// What happened? The trap's registers, read once.
[[gnu::noipa]] Fault fault_receive(const TrapFrame& frame) {
    return {VirtAddr(csr::read_stval()), VirtAddr(frame.pc),
            exception::access_of(csr::read_scause())};
}

// Who is responsible? The kernel itself, for the process that runs; it is reached by a call.
[[gnu::noipa]] Process& fault_dispatch() { return running_process(); }

// Put the translation in force. Authority: the service found the frame to be that page's a moment
// ago, and nobody has entered it since.
[[gnu::noipa]] Result<void> fault_install(const vm::Resolution& resolution) {
    // A page that is only read keeps its backing: the machine is to tell when it is written.
    const sv39::PteFlags flags = resolution.access == Access::store
                                     ? sv39::PteFlags::user(resolution.rights)
                                     : sv39::PteFlags::unwritten(resolution.rights);
    Frames& frames = kernel.memory.frames;
    return kernel.memory.translations[resolution.space].install(
        frames, resolution.page, frames.frame_of(resolution.frame), flags);
}

// How does control get back? By returning: the frame's pc still names the instruction that faulted.
[[gnu::noipa]] void fault_resume(Process& process) { process.faults += 1; }

} // extern "C"

namespace {

constexpr std::uint64_t TABLES_A_PAGE = 2; // that mapping one page may need, the root being there

// One visit of the service, from resolve to install.
[[gnu::always_inline]] inline Result<void> visit(vm::SpaceId space, const Fault& fault) {
    TRY(fault_resolve(kernel.memory, space, fault));
    TRY(fault_frame(kernel.memory));
    TRY(fault_fill(kernel.memory));
    return fault_install(kernel.memory.resolution());
}

// The last free frames went into tables: room for some more, and once again.
[[gnu::cold, gnu::noinline]] Result<void> visit_with_room(vm::SpaceId space, const Fault& fault) {
    TRY(kernel.memory.make_room(TABLES_A_PAGE));
    return visit(space, fault);
}

// Inlined into the trap's own road, which so is two calls shorter.
[[gnu::always_inline]] inline Result<void> mend_inline(vm::SpaceId space, const Fault& fault) {
    const Holding memory(kernel.memory_lock);
    Result<void> mended = visit(space, fault);
    if (!mended && mended.error() == Error::no_memory) [[unlikely]]
        mended = visit_with_room(space, fault);
    if (kernel.memory.needs_page_out()) [[unlikely]]
        wake_all(kernel.page_out_wanted);
    return mended;
}

} // namespace

Result<void> mend(vm::SpaceId space, const Fault& fault) { return mend_inline(space, fault); }

void handle_page_fault(TrapFrame& frame) {
    const Fault fault = fault_receive(frame);
    Process& process = fault_dispatch();
    const Result<void> mended = mend_inline(process.space, fault);
    if (mended) [[likely]]
        fault_resume(process);
    else
        deliver_fault(process, fault, mended.error());
}
