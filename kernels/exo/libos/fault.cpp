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
    const Page page = Page::containing(fault.address);
    // The own page table first: a translation that was meant to be there is put back.
    const Mapping known = libos.pages.find(page);
    if (known.rights().allow(fault.access)) [[unlikely]]
        return primitive::install(known.slot(), page, known.rights(), fault.access);
    TRY(fault_resolve(libos.memory, libos.program, fault));
    TRY(fault_frame(libos.memory));
    TRY(fault_fill(libos.memory));
    const vm::Resolution& resolution = libos.memory.resolution();
    const std::uint64_t slot = resolution.frame.raw();
    TRY(primitive::install(slot, resolution.page, resolution.rights, resolution.access));
    libos.pages.record(resolution.page, {slot, resolution.rights});
    return {};
}

} // namespace

void handle_exception(const abi::exo::SaveArea& save) {
    if (!exception::is_page_fault(save.cause)) [[unlikely]]
        end_by_exception(save.cause, VirtAddr(save.pc), save.address);
    const Fault fault{VirtAddr(save.address), VirtAddr(save.pc), exception::access_of(save.cause)};
    const Result<void> mended = mend(fault);
    if (!mended) [[unlikely]]
        end_by_fault(fault, mended.error());
}
