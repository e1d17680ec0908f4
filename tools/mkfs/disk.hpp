// A disk in memory that keeps only blocks which were written: images of mkfs, and tests.
// SPDX-License-Identifier: MIT
//
// Satisfies block::Device. Blocks never written read as zeroes; saved as a sparse file
// (image_file).
#pragma once

#include "services/block/device.hpp"

#include <array>
#include <cstdint>
#include <map>

namespace mkfs {

struct Block {
    std::array<std::byte, block::BLOCK_SIZE> bytes{};
    bool operator==(const Block&) const = default;
};
// Where the file system wants a page. On a disk it would cost three blocks of memory for one.
struct alignas(PAGE_SIZE) PageBlock : Block {};

class Disk {
public:
    explicit Disk(std::uint64_t blocks) : blocks_(blocks) {}

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes);
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes);
    Result<void> flush() { return {}; }
    std::uint64_t block_count() const { return blocks_; }
    void resize(std::uint64_t blocks) { blocks_ = blocks; }

    // The block's contents; zeroes when it was never written.
    const Block& block(std::uint64_t number) const;
    // To be changed in place.
    Block& edit(std::uint64_t number) { return written_[number]; }
    void forget(std::uint64_t number) { written_.erase(number); }
    const std::map<std::uint64_t, Block>& written() const { return written_; }

private:
    std::uint64_t blocks_;
    std::map<std::uint64_t, Block> written_;
};
static_assert(block::Device<Disk>);

} // namespace mkfs
