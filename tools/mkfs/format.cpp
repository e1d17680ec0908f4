// Makes an empty file system.
// SPDX-License-Identifier: MIT
//
// Next: files.cpp mounts it and puts files into it.
#include "format.hpp"

#include "services/fs/superblock.hpp"

namespace mkfs {

namespace {

void write_bitmap(Disk& disk, const fs::Layout& layout, std::uint32_t used_data) {
    const auto set = [&](std::uint64_t block) {
        disk.edit(layout.bitmap_first + block / (block::BLOCK_SIZE * 8))
            .bytes[block / 8 % block::BLOCK_SIZE] |= std::byte(1U << block % 8);
    };
    for (std::uint64_t block = 0; block < layout.data_first + used_data; ++block)
        set(block);
    // Bits of blocks that are not there.
    const std::uint64_t bits = layout.bitmap_blocks() * block::BLOCK_SIZE * 8;
    for (std::uint64_t block = layout.block_count; block < bits; ++block)
        set(block);
}

void write_root(Disk& disk, const fs::Layout& layout) {
    auto& entries = disk.edit(layout.data_first).bytes;
    MUST(store(entries, 0, fs::make_entry(fs::ROOT_INODE, "."))); // an empty block has room for two
    MUST(store(entries, sizeof(fs::DirectoryEntry), fs::make_entry(fs::ROOT_INODE, "..")));
    fs::InodeImage root{};
    root.type = static_cast<std::uint16_t>(fs::FileType::directory);
    root.links = 2;
    root.size = 2 * sizeof(fs::DirectoryEntry);
    root.addresses[0] = layout.data_first;
    MUST(store(disk.edit(layout.inode_block(fs::ROOT_INODE)).bytes,
               fs::Layout::inode_offset(fs::ROOT_INODE), root)); // a whole inode of a block
}

} // namespace

void reset_log(Disk& disk, const fs::Layout& layout) {
    for (std::uint32_t i = 0; i < layout.log_blocks; ++i)
        disk.forget(layout.log_first + i);
    for (std::uint64_t which = 0; which < fs::LOG_HEADERS; ++which) {
        auto& bytes = disk.edit(layout.log_first + which).bytes;
        const fs::LogHeaderImage header{
            .magic = fs::LOG_MAGIC, .sequence = fs::LOG_HEADERS + which, .count = 0, .reserved = 0};
        MUST(store(bytes, 0, header)); // far smaller than a block
        fs::seal(bytes, 0);
    }
}

std::uint32_t used_blocks(const Disk& disk, const fs::Layout& layout) {
    std::uint32_t used = 0;
    for (std::uint32_t block = 0; block < layout.block_count; ++block) {
        const auto& bytes = disk.block(layout.bitmap_block(block)).bytes;
        const std::byte bit = bytes[block / 8 % block::BLOCK_SIZE] >> block % 8 & std::byte(1);
        used += std::to_integer<std::uint32_t>(bit);
    }
    return used;
}

std::optional<Disk> format(const fs::Geometry& geometry) {
    const Result<fs::Layout> planned = fs::plan(geometry);
    if (!planned)
        return std::nullopt;
    const fs::Layout& layout = *planned;
    Disk disk(layout.total_blocks());
    fs::write_superblock(layout, disk.edit(0).bytes);
    reset_log(disk, layout);
    write_bitmap(disk, layout, 1);
    write_root(disk, layout);
    return disk;
}

} // namespace mkfs
