// Translation: an address space, and the extension that pages it.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "interface/translation.hpp"
#include "lib/memory.hpp"

class Domain;

// How the page-table code reaches tables here: by the direct map, made from the kernel's frames.
struct KernelTables {
    sv39::Table& table(Frame frame) { return table_in(frame); }
    Result<Frame> new_table();
};

// Whether a program may mean PAGE at all.
constexpr bool is_user_page(Page page) { return page < Page::containing(VirtAddr(USER_END)); }

class Space {
public:
    // Translation.Create: a space with nothing in it but the kernel's half, which PAGER is given.
    // no_memory.
    static Result<Space> create(sv39::Asid asid, const Domain& pager);

    // What extensions hold for it.
    spin::TranslationContext context() { return spin::TranslationContext(*this); }
    static Space& of(spin::TranslationContext context) { return *context.space_; }

    const Domain* pager() const { return pager_; }

    // PAGE -> FRAME for the program, with RIGHTS. bad_address: not a user page; invalid: no right,
    // or the right to write alone; already_mapped; no_memory (for a table). The caller fences.
    Result<void> map(Page page, Frame frame, Rights rights) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        if (!rights.can_read()) [[unlikely]]
            return std::unexpected(Error::invalid);
        KernelTables tables;
        return sv39::map(tables, root_, page, frame, sv39::PteFlags::user(rights));
    }

    // The program's PAGE as the kernel sees it, if the program itself has RIGHTS there.
    // bad_address.
    Result<PageBytes> user_page(Page page, Rights rights) const;

    // Puts this space in force on this hart.
    void enter() const { csr::write_satp(root_, asid_); }

private:
    Frame root_;
    sv39::Asid asid_{0};
    const Domain* pager_ = nullptr;
};
