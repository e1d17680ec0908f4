// Frames: owned, given back, counted in their uses.
// SPDX-License-Identifier: MIT
#include "frames.hpp"

#include <algorithm>

namespace {

constexpr std::uint16_t NOBODY = FrameRecord::NOBODY;

bool has_last_epoch(const FrameRecord& record) { return Epoch(record.epoch).is_last(); }

void make_stale(FrameRecord& record) {
    record.epoch = static_cast<std::uint32_t>(Epoch(record.epoch).next().number());
}

} // namespace

void FrameTable::adopt(Frame first, std::span<FrameRecord> records) {
    first_ = first;
    records_ = records;
    search_end_ = records.size();
    for (FrameRecord& record : records)
        record = FrameRecord();
}

Result<Epoch> FrameTable::allocate(Frame frame, EnvironmentId owner) {
    if (!holds(frame))
        return std::unexpected(Error::bad_address);
    FrameRecord& found = record(frame);
    if (!found.is_free())
        return std::unexpected(Error::not_permitted);
    set_owner(found, owner);
    return Epoch(found.epoch);
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
    if (!holds(frame))
        return std::unexpected(Error::not_permitted);
    FrameRecord& found = record(frame);
    if (found.owner == NOBODY || Epoch(found.epoch) != epoch)
        return std::unexpected(Error::not_permitted);
    return &found;
}

Result<void> FrameTable::deallocate(Frame frame, Epoch epoch) {
    FrameRecord& found = *TRY(live(frame, epoch));
    if (has_last_epoch(found))
        return std::unexpected(Error::not_permitted);
    make_stale(found);
    set_owner(found, EnvironmentId());
    search_end_ = std::max<std::size_t>(search_end_, frame - first_ + 1);
    return {};
}

// A frame whose epochs are used up is the kernel's then, for ever: a number that came again would
// bring old capabilities back to life.
void FrameTable::disown(Frame frame, EnvironmentId owner) {
    FrameRecord& found = record(frame);
    if (found.owner != owner.raw())
        return;
    if (has_last_epoch(found))
        set_owner(found, EnvironmentId::kernel());
    else
        static_cast<void>(deallocate(frame, Epoch(found.epoch))); // it is live
}

bool FrameTable::is_alone(Frame frame, EnvironmentId owner) const {
    const FrameRecord& found = record(frame);
    return found.owner == owner.raw() && found.bindings == 1 && found.mappings == 0 &&
           found.pins == 0 && !has_last_epoch(found);
}

void FrameTable::take_over(Frame frame, EnvironmentId next) {
    FrameRecord& found = record(frame);
    make_stale(found);
    found.bindings = 0;
    set_owner(found, next);
}

void FrameTable::set_owner(FrameRecord& record, EnvironmentId owner) {
    if (record.owner < owned_.size() && record.owner != NOBODY)
        owned_[record.owner] -= 1;
    if (owner.raw() < owned_.size() && owner != EnvironmentId())
        owned_[owner.raw()] += 1;
    record.owner = owner.raw();
}
