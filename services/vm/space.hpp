// An address space: its regions, its page records, its heap.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/page_map.hpp"
#include "services/vm/regions.hpp"

namespace vm {

// Where the heap starts, where it ends now (sbrk), to the byte, and how far it may grow.
struct Heap {
    VirtAddr start;
    VirtAddr end;
    VirtAddr limit;
};

struct Space {
    enum class State : std::uint8_t { unused, used };

    Regions regions;
    PageMap pages;
    Heap heap;
    State state = State::unused;

    // Whether region and record of PAGE were reached by the last fault.
    bool at_hand(Page page) const { return regions.found_holds(page) && pages.at_hand(page); }
};

} // namespace vm
