// Making and giving back the nodes of a space's page records.
// SPDX-License-Identifier: MIT
#include "services/vm/page_map.hpp"

namespace vm {

Result<void> PageMap::cover(NodePool& pool, PageRange pages) {
    const std::uint64_t first = pages.first.number() / NODE_RECORDS;
    const std::uint64_t last = (pages.end.number() - 1) / NODE_RECORDS;
    std::uint64_t missing = 0;
    for (std::uint64_t window = first; window <= last; ++window) {
        const bool starts = window == first || window % NODE_RECORDS == 0;
        missing += starts && top_[window / NODE_RECORDS].is_absent() ? 1 : 0;
        missing += leaf(pool, window).is_absent() ? 1 : 0;
    }
    if (missing > pool.free_count())
        return std::unexpected(Error::no_memory);
    if (missing == 0)
        return {};
    for (std::uint64_t window = first; window <= last; ++window) {
        Record& inner = top_[window / NODE_RECORDS];
        if (inner.is_absent())
            inner = Record::inner(pool.take());
        Record& leaf = pool.at(inner.node(), window % NODE_RECORDS);
        if (leaf.is_absent())
            leaf = Record::inner(pool.take());
    }
    return {};
}

void PageMap::reach(const NodePool& pool, Page page) {
    window_ = page.number() / NODE_RECORDS;
    leaf_ = NodePool::place(leaf(pool, window_).node(), 0).raw();
}

void PageMap::uncover(NodePool& pool, Page page) {
    const std::uint64_t window = page.number() / NODE_RECORDS;
    const Record found = leaf(pool, window);
    if (found.is_absent())
        return;
    pool.give(found.node());
    Record& inner = top_[window / NODE_RECORDS];
    pool.at(inner.node(), window % NODE_RECORDS) = Record();
    window_ = NO_WINDOW;
    for (const Record& record : pool.records(inner.node()))
        if (!record.is_absent())
            return;
    pool.give(inner.node());
    inner = Record();
}

} // namespace vm
