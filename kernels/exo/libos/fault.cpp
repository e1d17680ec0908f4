// The road of a page fault through the library OS: what a kernel does elsewhere, in user mode.
// SPDX-License-Identifier: MIT
//
// Before: exception_entry in entry.S. The three middle stages are services/vm/fault.cpp, linked
// into the library OS; the kernel's fault_install (../fault.cpp) is reached by a primitive. Next:
// fault_resume in entry.S.
#include "fault.hpp"

#include "libos.hpp"
#include "primitives.hpp"
#include "task.hpp"

#include "lib/exception.hpp"
#include "services/vm/fault.hpp"

namespace {

Result<void> mend(const Fault& fault) {
    TRY(fault_resolve(libos.memory, libos.program, fault));
    TRY(fault_frame(libos.memory));
    TRY(fault_fill(libos.memory));
    const vm::Resolution& resolution = libos.memory.resolution();
    return primitive::install(resolution.frame.raw(), resolution.page, resolution.rights,
                              resolution.access);
}

} // namespace

void handle_exception(const abi::exo::SaveArea& save) {
    if (!exception::is_page_fault(save.cause)) [[unlikely]]
        deliver_exception(save.cause, VirtAddr(save.pc), save.address);
    const Fault fault{VirtAddr(save.address), VirtAddr(save.pc), exception::access_of(save.cause)};
    const Result<void> mended = mend(fault);
    if (!mended) [[unlikely]]
        deliver_fault(fault, mended.error());
}
