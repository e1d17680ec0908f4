// The road of a page fault through the monolithic kernel: seven calls in one address space.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. The three middle stages are services/vm, linked into the kernel. Next:
// trap_return in entry.S. A system call whose arguments lie in a page that is not there takes the
// road from resolve to install by itself (vm::BehindLock::mend).
#include "fault.hpp"

#include "kernel.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/exception.hpp"
#include "services/calls/lives.hpp"
#include "services/vm/visit.hpp"

extern "C" {

// What happened? The trap's registers, read once.
[[gnu::noipa]] Fault fault_receive(const TrapFrame& frame) {
    // lab 2 task 2: hole receive
    return {VirtAddr(csr::read_stval()), VirtAddr(frame.pc),
            exception::access_of(csr::read_scause())};
    // lab 2 end
}

// Who is responsible? The kernel itself, for the process that runs; it is reached by a call.
[[gnu::noipa]] Process& fault_dispatch() {
    // lab 2 task 2: hole dispatch
    return running_process();
    // lab 2 end
}

// Put the translation in force. Authority: the service found the frame to be that page's a moment
// ago, and nobody has entered it since.
[[gnu::noipa]] Result<void> fault_install(const vm::Resolution& resolution) {
    // lab 2 task 4: hole install
    // As the machine would note it: a page that is only read still has its backing's contents.
    const sv39::PteFlags flags = sv39::PteFlags::used(resolution.rights, resolution.access);
    // The page was stored by the kernel or the disk, and will be fetched.
    if (resolution.rights.can_execute()) [[unlikely]]
        csr::fence_instructions();
    Frames& frames = kernel.memory.frames;
    return kernel.memory.translations[resolution.space].install(
        frames, resolution.page, frames.frame_of(resolution.frame), flags);
    // lab 2 end
}

// How does control get back? By returning: the frame's pc still names the instruction that faulted.
[[gnu::noipa]] void fault_resume(Process& process) {
    // lab 2 task 4: hole resume
    process.faults += 1;
    // lab 2 end
}

} // extern "C"

namespace {

// The rest of the road where its first visit failed for the reason WHY.
[[gnu::cold, gnu::noinline]] void go_on_after(Process& process, const Fault& fault, Error why) {
    const Result<void> mended = vm::visit_with_room(kernel.memory, *process.space, fault, why);
    kernel.memory_lock.release();
    if (mended)
        fault_resume(process);
    else
        call::deliver_fault(process, fault, mended.error());
    end_if_killed(process);
}

} // namespace

// An upcall of the HAL.
extern "C" void on_page_fault(TrapFrame& frame) {
    const Fault fault = fault_receive(frame);
    Process& process = fault_dispatch();
    kernel.memory_lock.acquire();
    const Result<void> mended = vm::visit(kernel.memory, *process.space, fault);
    if (!mended) [[unlikely]]
        return go_on_after(process, fault, mended.error());
    kernel.memory_lock.release();
    fault_resume(process);
    end_if_killed(process);
}
