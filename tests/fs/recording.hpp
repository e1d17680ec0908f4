// A disk that remembers every write and flush, so that power can be cut at each of them.
// SPDX-License-Identifier: MIT
#pragma once

#include "disk.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

struct DiskEvent {
    std::optional<std::uint64_t> block; // none: a flush
    mkfs::Block data{};
};

class Recording {
public:
    explicit Recording(mkfs::Disk disk) : disk_(std::move(disk)) {}

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        return disk_.read(number, bytes);
    }
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        TRY(disk_.write(number, bytes));
        events.push_back({number.raw(), disk_.block(number.raw())});
        return {};
    }
    Result<void> flush() {
        events.push_back({});
        return disk_.flush();
    }
    std::uint64_t block_count() const { return disk_.block_count(); }

    std::vector<DiskEvent> events;

private:
    mkfs::Disk disk_;
};
static_assert(block::Device<Recording>);

inline void apply(const DiskEvent& event, mkfs::Disk& disk) {
    if (event.block)
        disk.edit(*event.block) = event.data;
}

// Only the first BYTES of a write arrive: more than the file system asks its device to exclude.
inline void apply_torn(const DiskEvent& event, std::size_t bytes, mkfs::Disk& disk) {
    if (event.block)
        std::copy_n(event.data.bytes.begin(), bytes, disk.edit(*event.block).bytes.begin());
}
