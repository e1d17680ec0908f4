// The road of a page fault through the exokernel: passed up, and later one mapping checked.
// SPDX-License-Identifier: MIT
//
// fault_receive and fault_dispatch are a few instructions of entry.S; resolve, frame and fill are
// services/vm in the library OS (libos/fault.cpp), which then asks for the install below by a
// primitive. fault_resume is the library OS's own jump back (libos/entry.S), without the kernel.
#include "fault.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/csr.hpp"

// Put the translation in force. Authority: the capability was authenticated when it was bound, so
// the slot says all.
extern "C" [[gnu::noipa]] Result<void> fault_install(Environment& environment, std::uint64_t slot,
                                                     VirtAddr address, Rights rights,
                                                     Access access) {
    const CapabilityName bound = environment.addressing.bindings.at(slot);
    TRY(check_rights(bound, rights));
    TRY(check_page(address));
    // The page was stored by the library OS, and will be fetched.
    if (rights.can_execute()) [[unlikely]]
        csr::fence_instructions();
    const Page page = Page::containing(address);
    const sv39::Pte old =
        TRY(environment.addressing.space.install(page, bound.frame(), rights, access));
    kernel.frames.record(bound.frame()).mappings += 1;
    if (old.is_valid()) [[unlikely]]
        kernel.frames.record(old.frame()).mappings -= 1;
    return {};
}

Result<void> remove_translation(Environment& environment, VirtAddr address) {
    TRY(check_page(address));
    const sv39::Pte old = TRY(environment.addressing.space.unmap(Page::containing(address)));
    kernel.frames.record(old.frame()).mappings -= 1;
    return {};
}
