// Regions: which parts of an address space exist, with which rights, and what backs them.
// SPDX-License-Identifier: MIT
//
// The structure-neutral half of virtual memory: it knows pages and rights, no page table, no frame,
// no kernel. Each kernel places it where its structure says: in the process (monolithic), in the
// pager (micro), in an extension (SPIN), in the library OS (exo). fault.cpp asks it on every fault.
#pragma once

#include "lib/address.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace vm {

enum class Backing : std::uint8_t {
    anonymous, // zeroes at first touch
};

// Pages [first, end).
struct Region {
    Page first;
    Page end;
    Rights rights;
    Backing backing = Backing::anonymous;

    constexpr bool contains(Page page) const { return page >= first && page < end; }
};

class Regions {
public:
    static constexpr std::size_t CAPACITY = 16;

    // invalid: an empty region, or one that overlaps another; no_memory: CAPACITY regions are
    // there.
    Result<void> add(const Region& region);

    // The region that holds PAGE. bad_address: none does. Here, not in regions.cpp: every fault
    // takes this way.
    Result<Region> find(Page page) const {
        for (const Region& region : std::span(regions_).first(count_))
            if (region.contains(page))
                return region;
        return std::unexpected(Error::bad_address);
    }

    // Makes the heap, a region of its own that starts empty at START and may grow up to LIMIT (both
    // on page boundaries).
    Result<void> add_heap(VirtAddr start, VirtAddr limit);

    // Grows the heap by BYTES and returns its old end (sbrk). no_memory: past its limit; nothing
    // changed then. invalid: there is no heap.
    Result<VirtAddr> grow_heap(std::uint64_t bytes);

private:
    std::array<Region, CAPACITY> regions_{};
    std::size_t count_ = 0;
    std::size_t heap_ = CAPACITY; // index of the heap's region; CAPACITY: none
    VirtAddr heap_break_;
    VirtAddr heap_limit_;
};

} // namespace vm
