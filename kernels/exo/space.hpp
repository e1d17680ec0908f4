// What an environment's addresses mean: the guarded page table, and the bindings behind it.
// SPDX-License-Identifier: MIT
//
// On a machine whose hardware walks page tables, the table is what must be guarded: only the kernel
// writes it, and only what a binding allows (Exokernel, SOSP'95, section 3.2; Xok does the same on
// x86). Binding is dear, once; installing by a bound slot is cheap, often.
#pragma once

#include "frames.hpp"

#include "abi/exo/primitives.hpp"
#include "arch/riscv/address_space.hpp"

// An environment's secure bindings. A slot holds the name of a capability that was presented and
// found genuine: one word, which says what it is for and what may be done with it. The table lies
// in frames of the environment's, a part in each; where it has given none, all slots are empty.
class BindingTable {
public:
    using Part = std::array<CapabilityName, abi::exo::PART_SLOTS>;

    // What SLOT stands for: a name without rights where it is empty, or where there is no such
    // slot.
    CapabilityName at(std::uint64_t slot) const {
        if (slot >= abi::exo::BINDINGS) [[unlikely]]
            return {};
        return (*parts_[slot / abi::exo::PART_SLOTS])[slot % abi::exo::PART_SLOTS];
    }
    // Whether SLOT can stand for something.
    bool has(std::uint64_t slot) const {
        return slot < abi::exo::BINDINGS && has_part(slot / abi::exo::PART_SLOTS);
    }
    // Lets SLOT, which it has, stand for NAME; a name without rights empties it.
    void set(std::uint64_t slot, CapabilityName name) {
        (*parts_[slot / abi::exo::PART_SLOTS])[slot % abi::exo::PART_SLOTS] = name;
    }

    // VISIT(slot) for each slot of part INDEX that stands for something.
    template <class Visit>
    void for_each(std::size_t index, Visit visit) const {
        constexpr std::size_t AT_ONCE = 8; // most of a part is empty
        const CapabilityName* const names = parts_[index]->data();
        for (std::size_t first = 0; first < abi::exo::PART_SLOTS; first += AT_ONCE) {
            std::uint64_t any = 0;
            for (std::size_t i = first; i < first + AT_ONCE; ++i)
                any |= names[i].raw();
            for (std::size_t i = first; i < first + AT_ONCE && any != 0; ++i)
                if (!names[i].is_empty())
                    visit(index * abi::exo::PART_SLOTS + i);
        }
    }
    bool has_part(std::size_t index) const { return parts_[index] != &nothing_; }
    Frame part(std::size_t index) const { return Frame::containing(physical(parts_[index])); }
    void set_part(std::size_t index, Frame frame) {
        parts_[index] = reinterpret_cast<Part*>(frame_bytes(frame).data());
    }

private:
    static inline constinit Part nothing_{}; // in place of parts that were not given

    std::array<Part*, abi::exo::PARTS> parts_{&nothing_, &nothing_, &nothing_,
                                              &nothing_, &nothing_, &nothing_};
};
static_assert(sizeof(BindingTable::Part) == PAGE_SIZE);

class Space : public AddressSpace {
public:
    Space() = default;
    Space(Frame root, sv39::Asid asid) : AddressSpace(root, asid) {}

    // The page table of the 2 MiB that PAGE lies in; none.
    sv39::Table* table_of(Page page) const;
    // May a table be given for the 2 MiB that PAGE lies in? already_mapped: there is one; invalid:
    // there can be none.
    Result<void> check_place(Page page) const;
    // Makes TABLE, which is zeroed or another space's, that table, and lets the environment read
    // it.
    void give_table(Page page, Frame table);
    // Makes TABLE the one of the GiB around PAGE.
    void give_upper_table(Page page, Frame table);

    // PAGE's entry, valid or not; it may be changed, by the kernel only. no_memory: its table is
    // missing, which the environment has to give.
    Result<sv39::Pte*> entry_to_change(Page page) const {
        DirectTables tables;
        sv39::Pte* const entry = sv39::find_entry(tables, root(), page);
        if (entry == nullptr) [[unlikely]]
            return std::unexpected(Error::no_memory);
        return entry;
    }
    using AddressSpace::entry_of;
    using AddressSpace::for_each;
    using AddressSpace::put;

    // May an environment change what stands at PAGE? Not its own page, nor the windows onto the
    // kernel's books, which lie in tables of the kernel's making.
    static constexpr bool is_free_to_use(Page page) {
        static_assert(EXO_FRAMES < EXO_TABLES && EXO_TABLES < EXO_ENVIRONMENT);
        const bool in_windows = page >= Page::containing(VirtAddr(EXO_FRAMES)) &&
                                page <= Page::containing(VirtAddr(EXO_ENVIRONMENT));
        return is_user_page(page) && !in_windows;
    }

private:
    // The entry above the table of PAGE.
    sv39::Pte& upper_entry(Page page) const;
};
