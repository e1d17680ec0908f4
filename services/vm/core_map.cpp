// The core map's rarer operations: leaving the queue, finding pages of files.
// SPDX-License-Identifier: MIT
#include "services/vm/core_map.hpp"

namespace vm {

Result<void> CoreMap::adopt(std::span<FrameRecord> records, std::span<std::uint32_t> buckets) {
    const bool power_of_two = !buckets.empty() && (buckets.size() & (buckets.size() - 1)) == 0;
    if (records.size() < 2 || !power_of_two)
        return std::unexpected(Error::invalid);
    records_ = records;
    buckets_ = buckets;
    resident_ = 0;
    ring_ = FrameIndex(records.size() - 1);
    newest_ = ring_;
    records_[ring_.raw()].newer = static_cast<std::uint32_t>(ring_.raw());
    for (std::uint32_t& first : buckets_)
        first = static_cast<std::uint32_t>(NONE.raw());
    return {};
}

void CoreMap::unlink(FrameIndex frame) {
    const FrameRecord& record = records_[frame.raw()];
    records_[record.older].newer = record.newer;
    if (frame == newest_)
        newest_ = FrameIndex(record.older);
    else
        records_[record.newer].older = record.older;
}

void CoreMap::remove(FrameIndex frame) {
    const FrameRecord& record = records_[frame.raw()];
    unlink(frame);
    if (record.is_of_file())
        conceal(frame);
    --resident_;
}

void CoreMap::move_to_oldest(FrameIndex frame) {
    unlink(frame);
    const auto number = static_cast<std::uint32_t>(frame.raw());
    FrameRecord& record = records_[frame.raw()];
    record.older = static_cast<std::uint32_t>(ring_.raw());
    record.newer = records_[ring_.raw()].newer;
    if (newest_ == ring_)
        newest_ = frame;
    else
        records_[record.newer].older = number;
    records_[ring_.raw()].newer = number;
}

// Pages of one file lie in buckets side by side; files start far apart.
std::uint32_t& CoreMap::bucket(FileId file, std::uint64_t index) const {
    constexpr std::uint64_t GOLDEN = 0x9e3779b97f4a7c15; // 2^64 / the golden ratio (Knuth 6.4)
    return buckets_[((file.raw() * GOLDEN >> 32) + index) & (buckets_.size() - 1)];
}

FrameIndex CoreMap::find(const FilePage& page) const {
    FrameIndex frame(bucket(page.file, page.index));
    while (frame != NONE) {
        const FrameRecord& record = records_[frame.raw()];
        if (record.page == page.index && record.file() == page.file &&
            record.file_bytes == page.bytes)
            break;
        frame = FrameIndex(record.next_in_bucket);
    }
    return frame;
}

void CoreMap::publish(FrameIndex frame, const FilePage& page) {
    FrameRecord& record = records_[frame.raw()];
    record.page = static_cast<std::uint32_t>(page.index);
    record.backing = static_cast<std::uint32_t>(page.file.raw());
    record.file_bytes = static_cast<std::uint16_t>(page.bytes);
    std::uint32_t& first = bucket(page.file, page.index);
    record.next_in_bucket = first;
    first = static_cast<std::uint32_t>(frame.raw());
}

void CoreMap::conceal(FrameIndex frame) {
    const FrameRecord& record = records_[frame.raw()];
    std::uint32_t& first = bucket(record.file(), record.page);
    if (FrameIndex(first) == frame) {
        first = record.next_in_bucket;
        return;
    }
    FrameIndex before(first);
    while (FrameIndex(records_[before.raw()].next_in_bucket) != frame)
        before = FrameIndex(records_[before.raw()].next_in_bucket);
    records_[before.raw()].next_in_bucket = record.next_in_bucket;
}

} // namespace vm
