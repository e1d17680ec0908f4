// An address space of the monolithic kernel: a page table.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "lib/memory.hpp"

// How the page-table code reaches tables here: by the direct map, made from the kernel's one free
// list.
struct KernelTables {
    sv39::Table& table(Frame frame) { return table_in(frame); }
    Result<Frame> new_table();
};

class Space {
public:
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the program, with RIGHTS. already_mapped; no_memory (for a table). The
    // caller fences.
    Result<void> map(Page page, Frame frame, Rights rights) {
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
};
