// The road of a page fault through the monolithic kernel: seven calls in one address space.
// SPDX-License-Identifier: MIT
//
// Before: on_page_fault in entry.cpp. The three middle stages are services/vm/fault.cpp, linked
// into the kernel. Next: trap_return in entry.S.
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

// Put the translation in force. Authority: the frame came from the kernel's own free list a moment
// ago.
[[gnu::noipa]] Result<void> fault_install(Process& process, const vm::Resolution& resolution,
                                          Frame frame) {
    return process.space.map(resolution.page, frame, resolution.rights);
}

// How does control get back? By returning: the frame's pc still names the instruction that faulted.
[[gnu::noipa]] void fault_resume(Process& process) { process.faults_mended += 1; }

} // extern "C"

namespace {

Result<void> mend(Process& process, const Fault& fault) {
    const vm::Resolution resolution = TRY(fault_resolve(process.regions, fault));
    const Frame frame = TRY(fault_frame(kernel.frames));
    fault_fill(kernel.frames, frame, resolution);
    Result<void> installed = fault_install(process, resolution, frame);
    if (!installed) {
        kernel.frames.give(frame);
        return installed;
    }
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
