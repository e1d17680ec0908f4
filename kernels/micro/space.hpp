// An address space of the microkernel: a page table, and nothing about what it means.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/address_space.hpp"

// Tables are made from the kernel's reserve.
struct KernelTables : DirectTables {
    Result<Frame> new_table();
};

class Space : public AddressSpace {
public:
    Space() = default;
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the thread, with RIGHTS, in force at once. bad_address (not a user page);
    // already_mapped; no_memory (for a table).
    Result<void> map(Page page, Frame frame, Rights rights) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        KernelTables tables;
        return AddressSpace::map(tables, page, frame, rights);
    }

    // The same for an ACCESS that faulted, whatever stood there. bad_address; no_memory.
    Result<void> install(Page page, Frame frame, Rights rights, Access access) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        KernelTables tables;
        put(*TRY(entry_for(tables, page)), page, frame, sv39::PteFlags::used(rights, access));
        return {};
    }

private:
    using AddressSpace::AddressSpace;
};
