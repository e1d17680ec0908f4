// An address space of the monolithic kernel: a page table.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/address_space.hpp"

// Tables are made from the kernel's one free list.
struct KernelTables : DirectTables {
    Result<Frame> new_table();
};

class Space : public AddressSpace {
public:
    Space() = default;
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the program, with RIGHTS, in force at once. already_mapped; no_memory (for
    // a table).
    Result<void> map(Page page, Frame frame, Rights rights) {
        KernelTables tables;
        return AddressSpace::map(tables, page, frame, rights);
    }

private:
    using AddressSpace::AddressSpace;
};
