// The start of every address space, and changes of pages that stand in it.
// SPDX-License-Identifier: MIT
#include "arch/riscv/address_space.hpp"

#include "arch/riscv/kernel_map.hpp"

using sv39::Pte;
using sv39::PteFlags;

AddressSpace::AddressSpace(Frame root, sv39::Asid asid)
    : root_(root), satp_(sv39::satp_value(root, asid)), asid_(asid) {
    share_kernel_half(table_in(root));
}

Result<Pte> AddressSpace::unmap(Page page) {
    // lab 1 task 6: hole space-unmap
    Pte& entry = *TRY(entry_of(page));
    const Pte old = entry;
    entry = Pte();
    csr::fence_page(page);
    return old;
    // lab 1 end
}

Result<void> AddressSpace::replace(Page page, Frame frame, PteFlags flags) {
    // lab 1 task 6: hole space-replace
    *TRY(entry_of(page)) = Pte::leaf(frame, flags);
    csr::fence_page(page);
    return {};
    // lab 1 end
}

Result<void> AddressSpace::protect(Page page, Rights rights) {
    // lab 1 task 6: hole space-protect
    if (!sv39::has_encoding(rights))
        return std::unexpected(Error::invalid);
    Pte& entry = *TRY(entry_of(page));
    entry = Pte::leaf(entry.frame(), entry.flags().with(rights));
    csr::fence_page(page);
    return {};
    // lab 1 end
}

Result<void> AddressSpace::clear_accessed(Page page) {
    // lab 1 task 6: hole space-clear-accessed
    Pte& entry = *TRY(entry_of(page));
    entry = Pte::leaf(entry.frame(), entry.flags().not_accessed());
    csr::fence_page(page);
    return {};
    // lab 1 end
}
