// What programs ask of memory, in numbers of theirs: checked, before anybody acts on it.
// SPDX-License-Identifier: MIT
//
// For services/calls, and for a pager whom programs ask without a way over it.
#pragma once

#include "abi/address_map.h"
#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "services/vm/region.hpp"

namespace vm {

// Whole pages below USER_END, one at least. invalid.
inline Result<PageRange> pages_of(std::uint64_t address, std::uint64_t bytes) {
    const bool whole = address % PAGE_SIZE == 0 && bytes % PAGE_SIZE == 0 && bytes != 0;
    if (!whole || address >= USER_END || bytes > USER_END - address)
        return std::unexpected(Error::invalid);
    const Page first = Page::containing(VirtAddr(address));
    return PageRange{first, first + bytes / PAGE_SIZE};
}

// Rights that a page may have. invalid: unknown bits, writable and executable, or without reading.
inline Result<Rights> rights_of(std::uint64_t raw) {
    const Rights rights = Rights::from_raw(raw);
    const bool possible = rights == Rights::none() || rights.can_read();
    if (rights.raw() != raw || !possible || (rights.can_write() && rights.can_execute()))
        return std::unexpected(Error::invalid);
    return rights;
}

} // namespace vm
