// How a file system lies on its disk: every structure, declared once.
// SPDX-License-Identifier: MIT
//
//   block 0     log                     inodes       bitmap       data            swap
//   superblock  2 headers, then copies  32 a block   1 bit/block  files, indexes  never touched
//
// All numbers are little-endian. Read and written through lib/codec only; nothing that comes from a
// disk is believed before it was checked. Used by the service, by mkfs and by its checker.
#pragma once

#include "lib/bytes.hpp"
#include "services/block/device.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace fs {

using block::BLOCK_SIZE;
using block::BlockBytes;
using block::BlockNumber;
using block::ConstBlockBytes;

inline constexpr std::uint64_t MAGIC = 0x31534665'6e696c74; // "tlineFS1"
inline constexpr std::uint32_t VERSION = 1;

inline constexpr std::size_t NAME_BYTES = 59;       // the longest name in a directory
inline constexpr std::size_t PATH_BYTES = 1024;     // the longest path
inline constexpr std::uint32_t LINKS_LIMIT = 65535; // names of one file

// What the maker of a file system chooses.
struct Geometry {
    std::uint64_t blocks; // of the file system, swap not counted
    std::uint64_t inodes;
    std::uint64_t log; // blocks, headers counted
    std::uint64_t swap;
};

inline constexpr std::uint64_t BLOCKS_LIMIT = 1ULL << 26; // 256 GiB
inline constexpr std::uint64_t INODES_LIMIT = 1ULL << 20;

// --- inodes ---

enum class FileType : std::uint16_t { none = 0, directory = 1, file = 2, device = 3 };

// none: no such type.
constexpr FileType to_file_type(std::uint16_t raw) {
    switch (raw) {
    case 1:
        return FileType::directory;
    case 2:
        return FileType::file;
    case 3:
        return FileType::device;
    default:
        return FileType::none;
    }
}
static_assert(to_file_type(static_cast<std::uint16_t>(FileType::device)) == FileType::device);

inline constexpr std::uint64_t DIRECT = 24; // block numbers in the inode itself
inline constexpr std::uint64_t INDIRECT_SLOT = DIRECT;
inline constexpr std::uint64_t DOUBLE_SLOT = DIRECT + 1;
inline constexpr std::uint64_t ADDRESSES = DIRECT + 2;
inline constexpr std::uint64_t PER_INDEX = BLOCK_SIZE / sizeof(std::uint32_t);
inline constexpr std::uint64_t FILE_BLOCKS_LIMIT = DIRECT + PER_INDEX + PER_INDEX * PER_INDEX;
inline constexpr std::uint64_t FILE_BYTES_LIMIT = FILE_BLOCKS_LIMIT * BLOCK_SIZE; // 4 GiB and 4 MiB

// Block number 0 (the superblock's) means "no block": a hole, which reads as zeroes.
struct InodeImage {
    std::uint16_t type;
    std::uint16_t major; // of a device
    std::uint16_t minor;
    std::uint16_t reserved;
    std::uint32_t links; // directory entries that name it; 0: an orphan
    std::uint32_t reserved_too;
    std::uint64_t size; // bytes
    std::array<std::uint32_t, ADDRESSES> addresses;
};
static_assert(sizeof(InodeImage) == 128);

inline constexpr std::uint32_t ROOT_INODE = 1; // inode 0 is no inode
inline constexpr std::uint64_t INODES_PER_BLOCK = BLOCK_SIZE / sizeof(InodeImage);

// --- directories ---

// A directory's contents are an array of these; an entry with inode 0 is free. Programs see the
// same bytes (abi::DirectoryEntry).
struct DirectoryEntry {
    std::uint32_t inode;
    std::uint8_t length; // of the name
    std::array<char, NAME_BYTES> name;
};
static_assert(sizeof(DirectoryEntry) == 64);

inline constexpr std::uint64_t ENTRIES_PER_BLOCK = BLOCK_SIZE / sizeof(DirectoryEntry);

// NAME must be at most NAME_BYTES long.
constexpr DirectoryEntry make_entry(std::uint32_t inode, std::string_view name) {
    DirectoryEntry entry{inode, static_cast<std::uint8_t>(name.size()), {}};
    for (std::size_t i = 0; i < name.size(); ++i)
        entry.name[i] = name[i];
    return entry;
}
static_assert(make_entry(7, "..").length == 2 && make_entry(7, "..").name[1] == '.');

// --- the superblock ---

struct SuperblockImage {
    std::uint64_t magic;
    std::uint32_t version;
    std::uint32_t block_bytes;
    std::uint32_t block_count;
    std::uint32_t inode_count;
    std::uint32_t log_first;
    std::uint32_t log_blocks;
    std::uint32_t inode_first;
    std::uint32_t bitmap_first;
    std::uint32_t data_first;
    std::uint32_t swap_first;
    std::uint32_t swap_blocks;
    std::uint32_t reserved;
};
static_assert(sizeof(SuperblockImage) == 56);

// The last word of superblock and log headers: the sum of the block with this word zero.
inline constexpr std::uint64_t CHECKSUM_OFFSET = BLOCK_SIZE - sizeof(std::uint64_t);

// --- the log ---

inline constexpr std::uint64_t LOG_HEADERS = 2;
inline constexpr std::uint64_t LOG_MAGIC = 0x676f4c65'6e696c74; // "tlineLog"

// Then COUNT block numbers (32 bits): where the log's copies belong, in the order of their writing.
struct LogHeaderImage {
    std::uint64_t magic;
    std::uint64_t sequence; // the header with the higher one counts
    std::uint32_t count;
    std::uint32_t reserved;
};
static_assert(sizeof(LogHeaderImage) == 24);

inline constexpr std::uint64_t LOG_CAPACITY =
    (CHECKSUM_OFFSET - sizeof(LogHeaderImage)) / sizeof(std::uint32_t);

// The most blocks that one operation may change (mkdir: two inodes, the new directory, the parent's
// entry with two indexes, four bitmap blocks for what these need), and some for truncation.
inline constexpr std::uint64_t OPERATION_BLOCKS = 12;
// Buffers that are never dirty, so that something can be read during any operation.
inline constexpr std::uint64_t SPARE_BUFFERS = 4;
// The smallest legal block cache; one buffer is the log's own, for its header.
inline constexpr std::uint64_t BUFFERS_LEAST = OPERATION_BLOCKS + SPARE_BUFFERS + 1;
// Two transactions of the smallest size fit.
inline constexpr std::uint64_t LOG_LEAST = LOG_HEADERS + 2 * OPERATION_BLOCKS;
inline constexpr std::uint64_t LOG_MOST = LOG_HEADERS + LOG_CAPACITY;

// --- the whole ---

struct Layout {
    std::uint32_t block_count = 0;
    std::uint32_t inode_count = 0;
    std::uint32_t log_first = 0;
    std::uint32_t log_blocks = 0;
    std::uint32_t inode_first = 0;
    std::uint32_t bitmap_first = 0;
    std::uint32_t data_first = 0;
    std::uint32_t swap_first = 0;
    std::uint32_t swap_blocks = 0;

    constexpr bool operator==(const Layout&) const = default;

    constexpr std::uint64_t total_blocks() const { return std::uint64_t{swap_first} + swap_blocks; }
    constexpr bool is_data(std::uint32_t block) const {
        return block >= data_first && block < block_count;
    }
    // Where the log's copies may belong: inodes, bitmap and data.
    constexpr bool is_home(std::uint32_t block) const {
        return block >= inode_first && block < block_count;
    }
    constexpr std::uint64_t log_capacity() const { return log_blocks - LOG_HEADERS; }
    constexpr std::uint32_t bitmap_blocks() const { return data_first - bitmap_first; }
    constexpr std::uint32_t inode_block(std::uint32_t inode) const {
        return inode_first + inode / static_cast<std::uint32_t>(INODES_PER_BLOCK);
    }
    static constexpr std::uint64_t inode_offset(std::uint32_t inode) {
        return inode % INODES_PER_BLOCK * sizeof(InodeImage);
    }
    constexpr std::uint32_t bitmap_block(std::uint32_t block) const {
        return bitmap_first + block / static_cast<std::uint32_t>(BLOCK_SIZE * 8);
    }
};

constexpr std::uint64_t blocks_to_hold(std::uint64_t bytes) {
    return (bytes + BLOCK_SIZE - 1) / BLOCK_SIZE;
}

// Where everything lies in a file system of that geometry. invalid: it cannot be.
constexpr Result<Layout> plan(const Geometry& geometry) {
    const bool possible = geometry.blocks <= BLOCKS_LIMIT && geometry.swap <= BLOCKS_LIMIT &&
                          geometry.inodes != 0 && geometry.inodes <= INODES_LIMIT &&
                          geometry.log >= LOG_LEAST && geometry.log <= LOG_MOST;
    if (!possible)
        return std::unexpected(Error::invalid);
    const std::uint64_t inode_first = 1 + geometry.log;
    // Inode 0 has its place too, so that numbers index the table.
    const std::uint64_t bitmap_first =
        inode_first + blocks_to_hold((geometry.inodes + 1) * sizeof(InodeImage));
    const std::uint64_t data_first = bitmap_first + blocks_to_hold((geometry.blocks + 7) / 8);
    if (data_first >= geometry.blocks)
        return std::unexpected(Error::invalid);
    return Layout{.block_count = static_cast<std::uint32_t>(geometry.blocks),
                  .inode_count = static_cast<std::uint32_t>(geometry.inodes),
                  .log_first = 1,
                  .log_blocks = static_cast<std::uint32_t>(geometry.log),
                  .inode_first = static_cast<std::uint32_t>(inode_first),
                  .bitmap_first = static_cast<std::uint32_t>(bitmap_first),
                  .data_first = static_cast<std::uint32_t>(data_first),
                  .swap_first = static_cast<std::uint32_t>(geometry.blocks),
                  .swap_blocks = static_cast<std::uint32_t>(geometry.swap)};
}

} // namespace fs
