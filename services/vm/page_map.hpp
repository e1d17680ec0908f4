// The page records of one address space: a tree over its page numbers.
// SPDX-License-Identifier: MIT
//
//   page number   18..12      11..6        5..0
//                 top table   inner node   leaf: 64 records, a window of 256 KiB
//
// A leaf is there for exactly those windows that a region reserves pages of: made when the region
// is, so that no fault ever lacks one.
#pragma once

#include "lib/result.hpp"
#include "services/vm/node_pool.hpp"
#include "services/vm/region.hpp"

#include <array>

namespace vm {

// Pages FIRST_PAGE .. SPACE_PAGES - 1 can be in a region: 2 GiB without the first window, so that
// null pointers and their neighbours meet nothing.
inline constexpr std::uint64_t FIRST_PAGE = NODE_RECORDS;
inline constexpr std::uint64_t SPACE_PAGES = 1ULL << 19;

class PageMap {
public:
    // A leaf for every window of PAGES that has none. no_memory: the pool has too few nodes, and
    // nothing was done.
    Result<void> cover(NodePool& pool, PageRange pages);
    // Gives back the leaf of the window that PAGE lies in; its records are absent.
    void uncover(NodePool& pool, Page page);

    // Whether the window that was reached last holds PAGE too; nearly always it does.
    bool at_hand(Page page) const { return page.number() / NODE_RECORDS == window_; }
    // Reaches the window that PAGE lies in, which is covered.
    void reach(const NodePool& pool, Page page);
    // PAGE's record, in that window.
    RecordPlace place(Page page) const { return RecordPlace(leaf_ + page.number() % NODE_RECORDS); }
    // PAGE's record, in whatever window that is covered.
    Record& at(NodePool& pool, Page page) {
        if (!at_hand(page))
            reach(pool, page);
        return pool[place(page)];
    }
    // The same to look at; absent, too, where no leaf is.
    Record look(const NodePool& pool, Page page) const {
        const Record found = leaf(pool, page.number() / NODE_RECORDS);
        return found.is_absent() ? found : pool.at(found.node(), page.number() % NODE_RECORDS);
    }

private:
    static constexpr std::uint64_t TOP = SPACE_PAGES / (NODE_RECORDS * NODE_RECORDS);
    static constexpr std::uint64_t NO_WINDOW = 0; // no region lies there

    // The inner record that names WINDOW's leaf.
    Record leaf(const NodePool& pool, std::uint64_t window) const {
        const Record inner = top_[window / NODE_RECORDS];
        return inner.is_absent() ? inner : pool.at(inner.node(), window % NODE_RECORDS);
    }

    std::array<Record, TOP> top_{};
    std::uint64_t window_ = NO_WINDOW; // reached last
    std::uint64_t leaf_ = 0;           // the place of its leaf's first record
};

} // namespace vm
