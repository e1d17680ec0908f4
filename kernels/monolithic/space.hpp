// Page tables: the machine's half of address spaces, one for each that services/vm knows.
// SPDX-License-Identifier: MIT
//
// Tables come from the same frames as programs' pages. What a fault installs and what the service
// changes afterwards both end here.
#pragma once

#include "arch/riscv/address_space.hpp"
#include "services/vm/names.hpp"

#include <array>

class Frames;

class Space : public AddressSpace {
public:
    constexpr Space() = default;

    // A root table with nothing in it but the kernel's half. no_memory.
    Result<void> begin(vm::SpaceId id, Frames& frames);
    // All tables are free frames again. This space must not be in force any more.
    void end(Frames& frames);

    // PAGE -> FRAME for the program, with FLAGS, in force at once, whatever stood there before.
    // no_memory (for a table).
    Result<void> install(Frames& frames, Page page, Frame frame, sv39::PteFlags flags) {
        if (page.number() / sv39::ENTRIES != last_window_) [[unlikely]]
            return install_elsewhere(frames, page, sv39::Pte::leaf(frame, flags));
        install_in_last_table(page, sv39::Pte::leaf(frame, flags));
        return {};
    }
    using AddressSpace::clear_accessed;
    using AddressSpace::protect;
    using AddressSpace::unmap;

    // Frames that tables take, the root included.
    std::uint64_t tables() const { return tables_; }

private:
    void install_in_last_table(Page page, sv39::Pte entry) {
        table_in(last_table_).entries[sv39::index_at(page, 0)] = entry;
        csr::fence_page(page);
    }
    // The same after a walk to PAGE's table, which is made if need be; it is the last one then.
    Result<void> install_elsewhere(Frames& frames, Page page, sv39::Pte entry);

    static constexpr std::uint64_t NO_WINDOW = ~0ULL;

    // A fault is nearly always in the same 2 MiB as the one before, and need not walk there again.
    // Tables stay until the space ends.
    std::uint64_t last_window_ = NO_WINDOW;
    Frame last_table_;
    std::uint32_t tables_ = 0;
};
