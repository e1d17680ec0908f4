// The exokernel's stage of a page fault, and lists of such changes.
// SPDX-License-Identifier: MIT
//
// fault_receive and fault_dispatch are a few instructions of entry.S; resolve, frame and fill are
// services/vm in the library OS (libos/fault.cpp), which then asks for the install below by a
// primitive. fault_resume is the library OS's own jump back (libos/entry.S), without the kernel.
#include "fault.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/csr.hpp"

namespace {

// An access that an entry notes: none is noted where the page was not asked for yet.
sv39::PteFlags flags_for(Rights rights, std::uint64_t access) {
    const bool is_store = (access & static_cast<std::uint64_t>(Access::store)) != 0;
    return sv39::PteFlags::used(rights, is_store ? Access::store : Access::load);
}

// May ENTRY of TARGET be changed? Not in a page table that several environments have (graft): each
// of them would change what the others execute. not_permitted.
inline Result<void> check_single(Environment& target, const sv39::Pte& entry) {
    const auto address = reinterpret_cast<std::uint64_t>(&entry);
    const auto* const table = reinterpret_cast<const void*>(address & ~(PAGE_SIZE - 1));
    if (table == target.single_table) [[likely]]
        return {};
    if (kernel.frames.record(Frame::containing(physical(table))).mappings != 0)
        return std::unexpected(Error::not_permitted);
    target.single_table = table;
    return {};
}

// PAGE's entry in TARGET, valid, to be changed. not_mapped, not_permitted.
Result<sv39::Pte*> entry_to_change(Environment& target, Page page) {
    sv39::Pte* const entry = TRY(target.space.entry_of(page));
    TRY(check_single(target, *entry));
    return entry;
}

// PAGE -> what BOUND stands for, in TARGET. Inlined: a fault passes here.
[[gnu::always_inline]] inline Result<void> install(Environment& target, CapabilityName bound,
                                                   VirtAddr address, Rights rights,
                                                   std::uint64_t access) {
    TRY(check_rights(bound, rights));
    TRY(check_page(address));
    // The page was stored by the library OS, and will be fetched.
    if (rights.can_execute()) [[unlikely]]
        csr::fence_instructions();
    const Page page = Page::containing(address);
    sv39::Pte& entry = *TRY(target.space.entry_to_change(page));
    TRY(check_single(target, entry));
    const sv39::Pte old = entry;
    Space::put(entry, page, bound.frame(), flags_for(rights, access));
    kernel.frames.record(bound.frame()).mappings += 1;
    if (old.is_valid()) [[unlikely]]
        kernel.frames.record(old.frame()).mappings -= 1;
    return {};
}

Result<void> remove(Environment& target, VirtAddr address) {
    TRY(check_page(address));
    const Page page = Page::containing(address);
    sv39::Pte& entry = *TRY(entry_to_change(target, page));
    kernel.frames.record(entry.frame()).mappings -= 1;
    entry = sv39::Pte();
    csr::fence_page(page);
    return {};
}

// What is noted of the page's use stays.
Result<void> protect(Environment& target, CapabilityName bound, VirtAddr address, Rights rights) {
    TRY(check_rights(bound, rights));
    TRY(check_page(address));
    const Page page = Page::containing(address);
    sv39::Pte& entry = *TRY(entry_to_change(target, page));
    if (entry.frame() != bound.frame())
        return std::unexpected(Error::not_permitted);
    if (rights.can_execute())
        csr::fence_instructions();
    Space::put(entry, page, entry.frame(), entry.flags().with(rights));
    return {};
}

Result<void> clear_accessed(Environment& target, VirtAddr address) {
    TRY(check_page(address));
    const Page page = Page::containing(address);
    sv39::Pte& entry = *TRY(entry_to_change(target, page));
    Space::put(entry, page, entry.frame(), entry.flags().not_accessed());
    return {};
}

Result<void> or_nothing(const Result<void>& changed) {
    return !changed && changed.error() == Error::not_mapped ? Result<void>() : changed;
}

} // namespace

// Put the translation in force. Authority: the capability was authenticated when it was bound, so
// the slot says all.
extern "C" [[gnu::noipa]] Result<void> fault_install(Environment& environment, std::uint64_t slot,
                                                     VirtAddr address, Rights rights,
                                                     std::uint64_t access) {
    return install(environment, environment.bindings.at(slot), address, rights, access);
}

Result<void> remove_translation(Environment& environment, VirtAddr address) {
    return remove(environment, address);
}

Result<void> carry_out(Environment& environment, Environment& target,
                       const abi::exo::Change& change) {
    using Kind = abi::exo::Change::Kind;
    const VirtAddr page(change.page & ~(PAGE_SIZE - 1));
    const Rights rights = Rights::from_raw(change.page >> 3);
    const CapabilityName bound = environment.bindings.at(change.slot);
    switch (static_cast<Kind>(change.page & 7)) {
    case Kind::install:
        return install(target, bound, page, rights, change.page >> 6);
    case Kind::remove:
        return or_nothing(remove(target, page));
    case Kind::protect:
        return protect(target, bound, page, rights);
    case Kind::clear_accessed:
        return or_nothing(clear_accessed(target, page));
    case Kind::share:
        return share(environment, change.slot, target, change.slot, 1, rights);
    case Kind::release:
        return release(environment, change.slot);
    }
    return std::unexpected(Error::invalid);
}
