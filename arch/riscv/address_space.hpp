// An address space as the machine sees it: a root table and an identifier.
// SPDX-License-Identifier: MIT
//
// What is the same in every kernel. Each derives its own Space, which says where tables come from,
// what may stand in the space, and to whom it belongs: that is structure. Nothing is allocated
// here.
#pragma once

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"

// Whether PAGE is one that a program or server may mean at all.
constexpr bool is_user_page(Page page) { return page < Page::containing(VirtAddr(USER_END)); }

class AddressSpace {
public:
    AddressSpace() = default;
    // A space with nothing in it but the kernel's half. ROOT is a zeroed frame.
    AddressSpace(Frame root, sv39::Asid asid);

    // PAGE's entry, if the program itself has RIGHTS there; else nullptr.
    const sv39::Pte* find(Page page, Rights rights) const {
        DirectTables tables;
        const sv39::Pte* entry = sv39::find_user(tables, root_, page);
        return entry != nullptr && entry->flags().rights().contain(rights) ? entry : nullptr;
    }

    // Puts this space in force on this hart.
    void enter() const { csr::write_satp(root_, asid_); }

protected:
    // PAGE -> FRAME for the program, with RIGHTS, in force at once. already_mapped; no_memory (for
    // a table).
    template <sv39::TableMemory M>
    Result<void> map(M& memory, Page page, Frame frame, Rights rights) {
        // Nearly always the tables are there, and looking is cheaper than making.
        sv39::Pte* const entry = sv39::find_entry(memory, root_, page);
        if (entry == nullptr) [[unlikely]]
            return map_with_tables(memory, page, frame, rights);
        TRY(sv39::set_leaf(*entry, frame, sv39::PteFlags::user(rights)));
        csr::fence_page(page);
        return {};
    }

    // Takes PAGE's translation away, at once, and returns its frame. not_mapped.
    Result<Frame> unmap(Page page) {
        DirectTables tables;
        const Frame frame = TRY(sv39::unmap(tables, root_, page));
        csr::fence_page(page);
        return frame;
    }

private:
    template <sv39::TableMemory M>
    [[gnu::noinline, gnu::cold]] Result<void> map_with_tables(M& memory, Page page, Frame frame,
                                                              Rights rights) {
        TRY(sv39::map(memory, root_, page, frame, sv39::PteFlags::user(rights)));
        csr::fence_all(); // a fence of one page orders its leaf only, not the tables above
        return {};
    }

    Frame root_;
    sv39::Asid asid_{0};
};
