// The regions of one address space: a short table, sorted by address.
// SPDX-License-Identifier: MIT
//
// It knows pages and rights, no frame, no page record. memory.cpp and mapping.cpp keep the rest of
// the service in step with it.
#pragma once

#include "lib/result.hpp"
#include "services/vm/region.hpp"

#include <array>
#include <optional>
#include <span>

namespace vm {

class Regions {
public:
    static constexpr std::size_t CAPACITY = 32;

    std::span<const Region> all() const { return std::span(regions_).first(count_); }

    // Whether the region that was found last holds PAGE too; nearly always it does.
    bool found_holds(Page page) const { return found_.contains(page); }
    // Finds the region that holds PAGE. A stack grows for that, down to its limit. bad_address:
    // none does.
    Result<void> find(Page page);
    // The one found last.
    const Region& found() const { return found_; }

    // invalid: an empty region, a page outside of what a space can have, an offset within a page, a
    // shared region that is not all file, rights beyond its maximum, or rights or growth that fit
    // nothing. exists: it overlaps another, or a stack's guard. no_memory: CAPACITY regions are
    // there.
    Result<void> check(const Region& region) const;
    // Adds REGION, which was checked.
    void add(const Region& region);

    // Makes BORDER a border: the region that it lies inside of becomes two. no_memory: CAPACITY;
    // nothing was done.
    Result<void> cut(Page border);
    // After cuts at both ends of RANGE: drops one region within it and returns it, until there is
    // none; gives those there other rights.
    std::optional<Region> drop_one(PageRange range);
    void set_rights(PageRange range, Rights rights);
    // Joins two neighbours that are alike, and returns the one that is gone; until there are none.
    std::optional<Region> join_one();

    // Whether every page of RANGE is in a region.
    bool all_within(PageRange range) const;
    // Whether no page of RANGE has a maximum below RIGHTS.
    bool may_have(PageRange range, Rights rights) const;
    // Whether a region reserves any page of RANGE.
    bool any_within(PageRange range) const;
    // The lowest PAGES pages in a row within RANGE that nobody reserves. no_memory.
    Result<Page> gap(std::uint64_t pages, PageRange range) const;

private:
    std::size_t position(Page page) const;
    void insert(std::size_t at, const Region& region);
    void erase(std::size_t at);

    std::array<Region, CAPACITY> regions_{};
    std::size_t count_ = 0;
    Region found_{}; // a copy; empty after every change
};

} // namespace vm
