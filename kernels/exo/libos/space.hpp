// The application's page table, as the library OS keeps it.
// SPDX-License-Identifier: MIT
//
// The library OS's own record of what it has put where: asked first on every fault, since the kernel may have
// dropped a translation that the library OS still means. The hardware's table, below it, is the kernel's to guard.
#pragma once

#include "abi/address_map.h"
#include "lib/fault.hpp"

#include <array>

// Page -> the binding that stands for its frame, and the rights.
struct Mapping {
    std::uint16_t slot = 0;
    Rights rights; // none: nothing is recorded
};

// One entry for each page of the program's slot.
class PageTable {
public:
    void cover(VirtAddr slot) { first_ = Page::containing(slot); }

    // What stands at PAGE; an empty mapping for a page that nothing was recorded for.
    Mapping find(Page page) const {
        const std::uint64_t index = page - first_;
        return index < entries_.size() ? entries_[index] : Mapping();
    }
    void record(Page page, const Mapping& mapping) {
        const std::uint64_t index = page - first_;
        if (index < entries_.size())
            entries_[index] = mapping;
    }

private:
    Page first_;
    std::array<Mapping, SLOT_SIZE / PAGE_SIZE> entries_{};
};
