// A page table, and who mends faults in it.
// SPDX-License-Identifier: MIT
//
// Whoever holds a capability to manage a space says what is mapped there (spaces.cpp), and has paid
// for its tables: frames that it gave (frames.hpp).
#pragma once

#include "capability.hpp"

#include "arch/riscv/address_space.hpp"

// Tables of a space come from what its manager gave.
struct SpaceTables : DirectTables {
    explicit SpaceTables(Space& of) : space(of) {}
    Result<Frame> new_table();
    Space& space;
};

class Space : public AddressSpace {
public:
    // Faults from START on, for BYTES, go to whom the capability names.
    struct PagedRange {
        VirtAddr start;
        std::uint64_t bytes = 0;
        Capability pager{};

        VirtAddr end() const { return start + bytes; }
        PagedRange part(VirtAddr from, VirtAddr to) const {
            return {from, to.raw() - from.raw(), pager};
        }
    };
    static constexpr std::size_t RANGES = 4;

    Space() = default;
    Space(Frame root, sv39::Asid asid) : AddressSpace(root, asid) {}

    // Whom a fault at ADDRESS, or a message to the space's own pager, goes to; nullptr: nobody.
    const Capability* pager_of(VirtAddr address) const {
        for (const PagedRange& range : ranges)
            if (address.raw() - range.start.raw() < range.bytes) [[likely]]
                return &range.pager;
        return nullptr;
    }

    // PAGE -> FRAME for the program, with RIGHTS, neither accessed nor written yet. bad_address
    // (not a user page); already_mapped; no_memory: a table is wanted.
    Result<void> map(Page page, Frame frame, Rights rights);
    // The same for an ACCESS that faulted, whatever stood there.
    Result<void> install(Page page, Frame frame, Rights rights, Access access) {
        DirectTables tables_there;
        sv39::Pte* const entry =
            is_user_page(page) ? sv39::find_entry(tables_there, root(), page) : nullptr;
        if (entry == nullptr) [[unlikely]]
            return install_with_table(page, frame, rights, access);
        count_change(*entry, frame);
        put(*entry, page, frame, sv39::PteFlags::used(rights, access));
        return {};
    }
    // The same as map, for pages of servers: they are in use, and never examined.
    Result<void> map_used(Page page, Frame frame, Rights rights);
    // What stood there. not_mapped.
    Result<sv39::Pte> unmap(Page page);
    // PAGE, whose frame becomes a table, and back: nothing is counted.
    Result<void> take_away(Page page);
    Result<void> put_back(Page page, Frame frame, Rights rights);
    // Rights that cannot be written in an entry unmap it. What stood there. not_mapped.
    Result<sv39::Pte> protect(Page page, Rights rights);
    Result<void> forget_access(Page page) { return clear_accessed(page); }

    // Gives all frames back that its tables take, and those that it maps have one mapping less.
    void empty();

    std::uint64_t token = 0;         // how often this place was a space; odd while it is one
    Thread* manager = nullptr;       // whose frames its tables are
    std::uint64_t manager_token = 0; // as of then
    std::uint64_t tables = 0;        // the root counted
    std::array<PagedRange, RANGES> ranges;

private:
    [[gnu::cold, gnu::noinline]] Result<void> install_with_table(Page page, Frame frame,
                                                                 Rights rights, Access access);
    // FRAME is to stand in ENTRY: one mapping more of it, and one less of what stands there.
    static void count_change(const sv39::Pte& entry, Frame frame);
};
