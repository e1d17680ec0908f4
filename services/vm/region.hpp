// A region: some pages of an address space, with the same rights and the same thing behind them.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/fault.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/names.hpp"

#include <algorithm>

namespace vm {

// What a page holds before the program has changed it.
enum class Backing : std::uint8_t {
    anonymous,    // zeroes
    file_private, // a file's bytes; stores reach this address space only
    file_shared,  // a file's bytes; stores reach the file, and everybody who maps it shared
};

enum class Growth : std::uint8_t {
    none,
    down, // a stack: an access to the pages below, not under `lowest`, makes it grow there
};

// Whether pages of a region may come to be of its space's own, and need a frame or a swap slot
// then. A private file region becomes so when it becomes writable, and stays so.
enum class Charge : std::uint8_t { none, own };

// The page below `lowest` of a region that grows stays free: a stack that runs over its limit meets
// nothing.
inline constexpr std::uint64_t GUARD_PAGES = 1;

// Pages [first, end).
struct PageRange {
    Page first;
    Page end;
    constexpr std::uint64_t pages() const { return end - first; }
};

// Pages [first, end). Rights are none, or hold reading. A file region shows FILE_BYTES bytes of
// FILE from FILE_OFFSET on (a multiple of the page size), and zeroes beyond: an ELF segment with
// its .bss is one region. A shared one shows the file as far as it reaches when a page is touched,
// and nothing beyond its last page: its FILE_BYTES are all of it.
struct Region {
    Page first;
    Page end;
    Page lowest{}; // Growth::down: how far down it may grow; memory for all that is committed
    std::uint64_t file_offset = 0;
    std::uint64_t file_bytes = 0;
    FileId file{};
    Rights rights;
    Rights maximum = Rights::all(); // that it may be given later (Mach's maximum protection)
    Backing backing = Backing::anonymous;
    Growth growth = Growth::none;
    Charge charge = Charge::none; // set by the service

    constexpr bool contains(Page page) const { return page >= first && page < end; }
    constexpr bool within(PageRange range) const {
        return first >= range.first && end <= range.end;
    }
    constexpr std::uint64_t pages() const { return end - first; }
    // What the region may do to its file, now or after other rights were given to it.
    constexpr io::FileUse use() const {
        return backing == Backing::file_shared && maximum.can_write() ? io::FileUse::writing
                                                                      : io::FileUse::reading;
    }
    // The first page that nobody else may have.
    constexpr Page reserved_from() const { return growth == Growth::down ? lowest : first; }
    // How many bytes of the file stand at PAGE: 0 for none.
    constexpr std::uint64_t file_bytes_at(Page page) const {
        const std::uint64_t before = (page - first) * PAGE_SIZE;
        return before < file_bytes ? std::min(PAGE_SIZE, file_bytes - before) : 0;
    }
    // Which page of the file stands at PAGE.
    constexpr std::uint64_t file_page_at(Page page) const {
        return file_offset / PAGE_SIZE + (page - first);
    }
    // Pages that are promised a frame or a swap slot.
    constexpr std::uint64_t committed() const {
        return charge == Charge::own ? end - reserved_from() : 0;
    }
    constexpr Charge charge_for(Rights wanted) const {
        const bool own = backing == Backing::anonymous ||
                         (backing == Backing::file_private && wanted.can_write());
        return own ? Charge::own : charge;
    }
};

} // namespace vm
