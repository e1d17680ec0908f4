// An address space: its regions, its page records, its heap.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/page_map.hpp"
#include "services/vm/regions.hpp"

namespace vm {

struct Space {
    enum class State : std::uint8_t { unused, used };

    Regions regions;
    PageMap pages;
    VirtAddr heap_start;
    VirtAddr heap_break; // the heap ends here (sbrk), to the byte
    VirtAddr heap_limit;
    State state = State::unused;

    // Whether region and record of PAGE were reached by the last fault.
    bool at_hand(Page page) const { return regions.found_holds(page) && pages.at_hand(page); }
};

} // namespace vm
