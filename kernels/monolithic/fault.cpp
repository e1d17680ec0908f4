// The road of a page fault through the monolithic kernel: seven calls in one address space.
// SPDX-License-Identifier: MIT
//
// Before: on_page_fault in entry.cpp. The three middle stages are services/vm, linked into the
// kernel. Next: trap_return in entry.S.
#include "fault.hpp"

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
[[gnu::noipa]] void fault_resume(Process& process) { process.faults_mended += 1; }

} // extern "C"

namespace {

Result<void> mend(Process& process, const Fault& fault) {
    TRY(fault_resolve(kernel.memory, process.space, fault));
    TRY(fault_frame(kernel.memory));
    TRY(fault_fill(kernel.memory));
    TRY(fault_install(kernel.memory.resolution()));
    fault_resume(process);
    return {};
}

} // namespace

void handle_page_fault(TrapFrame& frame) {
    const Fault fault = fault_receive(frame);
    Process& process = fault_dispatch();
    const Result<void> mended = mend(process, fault);
    if (!mended) [[unlikely]]
        end_by_fault(process, fault, mended.error());
}
