// An address space of the microkernel: a page table, and nothing about what it means.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "lib/memory.hpp"

// How the page-table code reaches tables here: by the direct map, made from the kernel's reserve.
struct KernelTables {
    sv39::Table& table(Frame frame) { return table_in(frame); }
    Result<Frame> new_table();
};

// Whether a thread may mean PAGE at all.
constexpr bool is_user_page(Page page) { return page < Page::containing(VirtAddr(USER_END)); }

class Space {
public:
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the thread, with RIGHTS. already_mapped; no_memory (for a table);
    // bad_address (not a user page). The caller fences.
    Result<void> map(Page page, Frame frame, Rights rights) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        KernelTables tables;
        return sv39::map(tables, root_, page, frame, sv39::PteFlags::user(rights));
    }

    // The entry of a page that the thread has; else nullptr.
    const sv39::Pte* find(Page page) const {
        KernelTables tables;
        return sv39::find_user(tables, root_, page);
    }

    // Puts this space in force on this hart.
    void enter() const { csr::write_satp(root_, asid_); }

private:
    Frame root_;
    sv39::Asid asid_{0};
};
