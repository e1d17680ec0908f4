// Translation: an address space, the events that are raised in it, and who pays for its tables.
// SPDX-License-Identifier: MIT
#pragma once

#include "ipc.hpp"

#include "arch/riscv/address_space.hpp"
#include "interface/translation.hpp"

class Quota;
struct FrameRecord;

// Tables are made from the kernel's own frames.
struct KernelTables : DirectTables {
    explicit KernelTables(Quota* payer_of_all) : payer(payer_of_all) {}
    Result<Frame> new_table();

    Quota* payer; // none: the kernel itself
};

class Space : public AddressSpace {
public:
    // Translation.Create: here begins a space with nothing in it but the kernel's half. NUMBER is
    // its place in the kernel's table. no_memory.
    Result<void> begin(std::uint32_t number, Quota* payer);
    // Its pages and tables are given back, its handlers are none. It is not in force any more.
    void end();
    bool is_used() const { return is_used_; }
    Quota* payer() const { return payer_; }

    // What extensions hold for it.
    spin::TranslationContext reference() const { return reference_; }
    static std::uint32_t number_of(spin::TranslationContext context) { return context.number(); }

    // Whether RIGHTS may stand at PAGE. bad_address: not a user page; invalid: rights without read.
    static Result<void> check(Page page, Rights rights) {
        if (!is_user_page(page)) [[unlikely]]
            return std::unexpected(Error::bad_address);
        if (!rights.can_read()) [[unlikely]]
            return std::unexpected(Error::invalid);
        return {};
    }
    // PAGE -> FRAME of the kernel's, for the program, with RIGHTS, in force at once. As check;
    // already_mapped; no_memory (for a table).
    Result<void> map(Page page, Frame frame, Rights rights) {
        TRY(check(page, rights));
        has_kernel_frames_ = true;
        KernelTables tables(payer_);
        return AddressSpace::map(tables, page, frame, rights);
    }
    // PAGE's entry, which check has found to be the program's; `put` fills it. no_memory (for a
    // table).
    Result<sv39::Pte*> entry_for(Page page) {
        KernelTables tables(payer_);
        return AddressSpace::entry_for(tables, page);
    }
    using AddressSpace::entry_of;
    using AddressSpace::put;
    using AddressSpace::unmap;

    // Takes away whatever shows a frame of OWNER's, or the frame of RECORD.
    void unmap_all_of(const Quota& owner);
    void unmap_all_of(const FrameRecord& record);
    // How many pages show the frame of RECORD.
    std::uint64_t mappings_of(const FrameRecord& record) const;

    Events events;
    std::uint32_t strands = 0; // that run here

private:
    template <class Is>
    void unmap_where(Is is);

    bool is_used_ = false;
    bool has_kernel_frames_ = false; // beside those that extensions put there
    spin::TranslationContext reference_{0, 1};
    Quota* payer_ = nullptr; // none: the kernel made it
};

// A new space in the kernel's table, whose tables PAYER pays for, or the kernel itself. too_many;
// no_memory.
Result<Space*> create_space(Quota* payer);
