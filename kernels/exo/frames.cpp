// Giving frames away and taking them back, by name.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include <algorithm>

namespace {

constexpr EnvironmentId NOBODY;

}

void FrameTable::adopt(Frame first, std::span<FrameRecord> records) {
    first_ = first;
    records_ = records;
    search_end_ = records.size();
    for (FrameRecord& record : records)
        record = FrameRecord();
}

Result<Epoch> FrameTable::allocate(Frame frame, EnvironmentId owner) {
    if (frame < first() || frame >= end())
        return std::unexpected(Error::bad_address);
    FrameRecord& found = record(frame);
    if (found.owner != NOBODY)
        return std::unexpected(Error::not_permitted);
    found.owner = owner;
    return found.epoch;
}

Result<Frame> FrameTable::take(EnvironmentId owner) {
    while (search_end_ != 0) {
        const Frame frame = first_ + --search_end_;
        if (allocate(frame, owner))
            return frame;
    }
    return std::unexpected(Error::no_memory);
}

Result<FrameRecord*> FrameTable::live(Frame frame, Epoch epoch) {
    if (frame < first() || frame >= end())
        return std::unexpected(Error::not_permitted);
    FrameRecord& found = record(frame);
    if (found.owner == NOBODY || found.epoch != epoch)
        return std::unexpected(Error::not_permitted);
    return &found;
}

Result<void> FrameTable::deallocate(Frame frame, Epoch epoch) {
    FrameRecord& found = *TRY(live(frame, epoch));
    if (found.bindings != 0 || found.mappings != 0)
        return std::unexpected(Error::would_block);
    // A frame whose epochs are used up stays with its owner for ever: a number that came again
    // would bring old capabilities back to life.
    if (found.epoch.is_last())
        return std::unexpected(Error::not_permitted);
    found.epoch = found.epoch.next();
    found.owner = NOBODY;
    search_end_ = std::max<std::size_t>(search_end_, frame - first_ + 1);
    return {};
}
