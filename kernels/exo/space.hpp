// Addressing: secure bindings, and the guarded page table that they lead into.
// SPDX-License-Identifier: MIT
//
// On a machine whose hardware walks page tables, the table is what must be guarded: only the kernel
// writes it, and only what a binding allows (Exokernel, SOSP'95, section 3.2; Xok does the same on
// x86). Binding is dear, once; installing by a bound slot is cheap, often.
#pragma once

#include "frames.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"

// An environment's secure bindings. A slot holds the name of a capability that was presented and
// found genuine: one word, which says the frame and what may be done with it.
class BindingTable {
public:
    // What SLOT stands for: a name without rights where it is empty, or where there is no such
    // slot.
    CapabilityName at(std::uint64_t slot) const {
        return slot < slots_.size() ? slots_[slot] : CapabilityName();
    }
    // Lets SLOT stand for NAME; a name without rights empties it. invalid: no such slot.
    Result<void> set(std::uint64_t slot, CapabilityName name) {
        if (slot >= slots_.size())
            return std::unexpected(Error::invalid);
        slots_[slot] = name;
        return {};
    }

private:
    std::array<CapabilityName, abi::exo::BINDINGS> slots_{};
};

// How the page-table code reaches tables here: by the direct map, in frames that the kernel keeps
// for itself.
struct KernelTables {
    sv39::Table& table(Frame frame) { return table_in(frame); }
    Result<Frame> new_table();
};

class Space {
public:
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the environment, with RIGHTS. already_mapped; no_memory (for a table). The
    // caller fences.
    Result<void> map(Page page, Frame frame, Rights rights) {
        KernelTables tables;
        return sv39::map(tables, root_, page, frame, sv39::PteFlags::user(rights));
    }

    // Takes PAGE's translation away and returns its frame. not_mapped. The caller fences.
    Result<Frame> unmap(Page page) {
        KernelTables tables;
        return sv39::unmap(tables, root_, page);
    }

    // The environment's PAGE as the kernel sees it, if the environment itself has RIGHTS there.
    // bad_address.
    Result<PageBytes> user_page(Page page, Rights rights) const;

    // Puts this space in force on this hart.
    void enter() const { csr::write_satp(root_, asid_); }

private:
    Frame root_;
    sv39::Asid asid_{0};
};
