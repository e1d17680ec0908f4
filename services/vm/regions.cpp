// Regions: a short table, searched from its start.
// SPDX-License-Identifier: MIT
#include "services/vm/regions.hpp"

namespace vm {

Result<void> Regions::add(const Region& region) {
    if (region.first >= region.end)
        return std::unexpected(Error::invalid);
    for (std::size_t i = 0; i < count_; ++i)
        if (region.first < regions_[i].end && regions_[i].first < region.end)
            return std::unexpected(Error::invalid);
    if (count_ == CAPACITY)
        return std::unexpected(Error::no_memory);
    regions_[count_++] = region;
    return {};
}

Result<void> Regions::add_heap(VirtAddr start, VirtAddr limit) {
    const bool aligned = start.offset_in_page() == 0 && limit.offset_in_page() == 0;
    if (!aligned || start > limit || heap_ != CAPACITY)
        return std::unexpected(Error::invalid);
    if (count_ == CAPACITY)
        return std::unexpected(Error::no_memory);
    heap_ = count_++;
    heap_break_ = start;
    heap_limit_ = limit;
    regions_[heap_] = Region{Page::containing(start), Page::containing(start), Rights::read_write(),
                             Backing::anonymous};
    return {};
}

Result<VirtAddr> Regions::grow_heap(std::uint64_t bytes) {
    if (heap_ == CAPACITY)
        return std::unexpected(Error::invalid);
    if (bytes > heap_limit_ - heap_break_)
        return std::unexpected(Error::no_memory);
    const VirtAddr old_break = heap_break_;
    heap_break_ = heap_break_ + bytes;
    regions_[heap_].end = Page::containing(heap_break_ + (PAGE_SIZE - 1));
    return old_break;
}

} // namespace vm
