// Addressing: secure bindings, and the guarded page table that they lead into.
// SPDX-License-Identifier: MIT
//
// On a machine whose hardware walks page tables, the table is what must be guarded: only the kernel
// writes it, and only what a binding allows (Exokernel, SOSP'95, section 3.2; Xok does the same on
// x86). Binding is dear, once; installing by a bound slot is cheap, often.
#pragma once

#include "frames.hpp"

#include "arch/riscv/address_space.hpp"

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

// Tables are made in frames that the kernel takes for itself, however an environment spreads its
// pages: at most 1,026 of them for its 2 GiB.
struct KernelTables : DirectTables {
    Result<Frame> new_table();
};

class Space : public AddressSpace {
public:
    Space() = default;
    // A new space with nothing in it but the kernel's half. no_memory.
    static Result<Space> create(sv39::Asid asid);

    // PAGE -> FRAME for the environment, with RIGHTS, in force at once. already_mapped; no_memory
    // (for a table).
    Result<void> map(Page page, Frame frame, Rights rights) {
        KernelTables tables;
        return AddressSpace::map(tables, page, frame, rights);
    }
    // PAGE -> FRAME for an ACCESS of the environment's, with RIGHTS, in force at once; what stood
    // there before, an entry that is not valid if nothing did. no_memory (for a table).
    Result<sv39::Pte> install(Page page, Frame frame, Rights rights, Access access) {
        KernelTables tables;
        sv39::Pte& entry = *TRY(entry_for(tables, page));
        const sv39::Pte old = entry;
        put(entry, page, frame, sv39::PteFlags::used(rights, access));
        return old;
    }
    using AddressSpace::unmap;

private:
    using AddressSpace::AddressSpace;
};
