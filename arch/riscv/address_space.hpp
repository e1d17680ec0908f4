// An address space as the machine sees it: a root table and an identifier.
// SPDX-License-Identifier: MIT
//
// What is the same in every kernel. Each derives its own Space, which says where tables come from,
// what may stand in the space, and to whom it belongs: that is structure. Nothing is allocated
// here. Every change of one page is in force on return: it ends with one sfence.vma.
#pragma once

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/sv39_walk.hpp"

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
    // PAGE's entry by value: its frame, its rights, and whether it was accessed and written since
    // that was last cleared. not_mapped.
    Result<sv39::Pte> examine(Page page) const {
        DirectTables tables;
        return sv39::translate_user(tables, root_, page);
    }
    // PAGE's entry, for an ACCESS in the program's place, which is noted there as the machine
    // would; nullptr where the program's own access would fault. On the road of every copy to or
    // from a program, so it is inline and branches little.
    const sv39::Pte* use(Page page, Access access) const {
        DirectTables tables;
        sv39::Pte* const entry =
            is_user_page(page) ? sv39::find_entry(tables, root_, page) : nullptr;
        if (entry == nullptr) [[unlikely]]
            return nullptr;
        const sv39::Pte now = *entry;
        if (!now.flags().let_program(access)) [[unlikely]]
            return nullptr;
        // The entry only gains bits that the machine itself may set, so no fence is due.
        if (now.flags().after(access) != now.flags()) [[unlikely]]
            *entry = sv39::Pte::leaf(now.frame(), now.flags().after(access));
        return entry;
    }

    // Puts this space in force on this hart.
    void enter() const { csr::write_satp(satp_); }
    // satp while it is in force.
    std::uint64_t satp() const { return satp_; }
    Frame root() const { return root_; }
    sv39::Asid asid() const { return asid_; }

protected:
    // PAGE -> FRAME for the program, with RIGHTS, in force at once. already_mapped; no_memory (for
    // a table).
    template <sv39::TableMemory M>
    Result<void> map(M& memory, Page page, Frame frame, Rights rights) {
        return map(memory, page, frame, sv39::PteFlags::user(rights));
    }
    // The same with flags of the caller's choice.
    template <sv39::TableMemory M>
    Result<void> map(M& memory, Page page, Frame frame, sv39::PteFlags flags) {
        // lab 1 task 6: hole space-map
        TRY(sv39::set_leaf(*TRY(entry_for(memory, page)), frame, flags));
        csr::fence_page(page);
        return {};
        // lab 1 end
    }

    // PAGE's entry, valid or not, with the tables that are missing; `put` fills it. no_memory (for
    // a table).
    template <sv39::TableMemory M>
    Result<sv39::Pte*> entry_for(M& memory, Page page) {
        // Nearly always the tables are there, and looking is cheaper than making.
        sv39::Pte* entry = sv39::find_entry(memory, root_, page);
        if (entry == nullptr) [[unlikely]]
            entry = TRY(make_entry(memory, page));
        return entry;
    }
    // PAGE's valid entry; who changes it fences. not_mapped.
    Result<sv39::Pte*> entry_of(Page page) const {
        DirectTables tables;
        sv39::Pte* const entry =
            is_user_page(page) ? sv39::find_entry(tables, root_, page) : nullptr;
        if (entry == nullptr || !entry->is_valid())
            return std::unexpected(Error::not_mapped);
        return entry;
    }
    // PAGE -> FRAME with FLAGS in ENTRY, which is PAGE's, in force at once, whatever stood there.
    static void put(sv39::Pte& entry, Page page, Frame frame, sv39::PteFlags flags) {
        // lab 1 task 6: hole space-put
        entry = sv39::Pte::leaf(frame, flags);
        csr::fence_page(page);
        // lab 1 end
    }

    // Takes PAGE's translation away and returns the entry that stood there. not_mapped.
    Result<sv39::Pte> unmap(Page page);
    // Another frame and other flags in the place of PAGE's. not_mapped.
    Result<void> replace(Page page, Frame frame, sv39::PteFlags flags);
    // Other rights for PAGE; what was noted of its use stays. not_mapped; invalid: rights that no
    // entry can carry, none at all among them.
    Result<void> protect(Page page, Rights rights);
    // Forgets that PAGE was accessed, so that the next access shows. not_mapped.
    Result<void> clear_accessed(Page page);

    // Calls visit(page, entry) for every page of the program, in ascending order.
    template <class Visit>
    void for_each(Visit visit) const {
        DirectTables tables;
        sv39::for_each_page(tables, root_,
                            [&](Page page, const sv39::Pte& entry) { visit(page, entry); });
    }
    // Takes every page of the program away, and calls visit(entry) for what stood there. Until
    // release_tables has been called they may be in force still.
    template <class Visit>
    void take_all(Visit visit) {
        DirectTables tables;
        sv39::for_each_page(tables, root_, [&](Page, sv39::Pte& entry) {
            visit(entry);
            entry = sv39::Pte();
        });
    }
    // Hands the frame of each table but the root to give(frame); afterwards the space is as empty
    // as a new one. A table is zeroes again if all its pages were unmapped before.
    template <class Give>
    void release_tables(Give give) {
        DirectTables tables;
        sv39::release_tables(tables, root_, give);
        csr::fence_all();
    }

private:
    template <sv39::TableMemory M>
    [[gnu::noinline, gnu::cold]] Result<sv39::Pte*> make_entry(M& memory, Page page) {
        // lab 1 task 6: hole space-make-entry
        sv39::Pte* const entry = TRY(sv39::make_entry(memory, root_, page));
        csr::fence_all(); // a fence of one page orders its leaf only, not the tables above
        return entry;
        // lab 1 end
    }

    Frame root_;
    std::uint64_t satp_ = 0; // its value, made once: who switches does little else
    sv39::Asid asid_{0};
};
