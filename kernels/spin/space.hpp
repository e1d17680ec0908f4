// Translation: an address space, and the extension that pages it.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/address_space.hpp"
#include "interface/translation.hpp"

class Domain;

// Tables are made from the kernel's own frames.
struct KernelTables : DirectTables {
    Result<Frame> new_table();
};

class Space : public AddressSpace {
public:
    Space() = default;
    // Translation.Create: a space with nothing in it but the kernel's half, which PAGER is given.
    // no_memory.
    static Result<Space> create(sv39::Asid asid, const Domain& pager);

    // What extensions hold for it.
    spin::TranslationContext context() { return spin::TranslationContext(*this); }
    static Space& of(spin::TranslationContext context) { return *context.space_; }

    const Domain* pager() const { return pager_; }

    // Whether RIGHTS may stand at PAGE. bad_address: not a user page; invalid: rights without read.
    static Result<void> check(Page page, Rights rights) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        if (!rights.can_read()) [[unlikely]]
            return std::unexpected(Error::invalid);
        return {};
    }
    // PAGE -> FRAME for the program, with RIGHTS, in force at once. As check; already_mapped;
    // no_memory (for a table).
    Result<void> map(Page page, Frame frame, Rights rights) {
        TRY(check(page, rights));
        KernelTables tables;
        return AddressSpace::map(tables, page, frame, rights);
    }
    // PAGE's entry, which check has found to be the program's; `put` fills it. no_memory (for a
    // table).
    Result<sv39::Pte*> entry_for(Page page) {
        KernelTables tables;
        return AddressSpace::entry_for(tables, page);
    }
    using AddressSpace::put;

private:
    Space(Frame root, sv39::Asid asid, const Domain& pager)
        : AddressSpace(root, asid), pager_(&pager) {}

    const Domain* pager_ = nullptr;
};
