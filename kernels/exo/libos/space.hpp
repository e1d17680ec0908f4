// The application's page table, as the library OS keeps it.
// SPDX-License-Identifier: MIT
//
// The library OS's own record of what it has put where: asked first on every fault, since the
// kernel may have dropped a translation that the library OS still means. The hardware's table,
// below it, is the kernel's to guard.
#pragma once

#include "abi/address_map.h"
#include "abi/exo/primitives.hpp"
#include "lib/fault.hpp"

#include <array>

// What stands at a page: bits 15..3 the slot of the binding for its frame, 2..0 the rights.
class Mapping {
public:
    constexpr Mapping() = default; // nothing: no rights
    constexpr Mapping(std::uint64_t slot, Rights rights)
        : raw_(static_cast<std::uint16_t>(slot << RIGHTS_BITS | rights.raw())) {}
    constexpr std::uint64_t slot() const { return raw_ >> RIGHTS_BITS; }
    constexpr Rights rights() const { return Rights::from_raw(raw_); }

private:
    static constexpr unsigned RIGHTS_BITS = 3;
    std::uint16_t raw_ = 0;
};
static_assert(Mapping(abi::exo::BINDINGS - 1, Rights::read_write()).slot() ==
              abi::exo::BINDINGS - 1);
static_assert(Mapping(5, Rights::read_write()).rights() == Rights::read_write());

// One entry for each page of the program's slot.
class PageTable {
public:
    void cover(VirtAddr slot) { first_ = Page::containing(slot); }

    // What stands at PAGE; nothing, for a page that is not covered.
    Mapping find(Page page) const {
        const std::uint64_t index = page - first_;
        return index < entries_.size() ? entries_[index] : Mapping();
    }
    void record(Page page, Mapping mapping) {
        const std::uint64_t index = page - first_;
        if (index < entries_.size())
            entries_[index] = mapping;
    }

private:
    Page first_;
    std::array<Mapping, SLOT_SIZE / PAGE_SIZE> entries_{};
};
