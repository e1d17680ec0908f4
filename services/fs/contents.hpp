// A file's contents: read, write, truncate, and whole pages for mappings.
// SPDX-License-Identifier: MIT
//
// A part of FileSystem (file_system.hpp). Bytes go straight between the block cache and whoever
// wants them. Each block that is written is an operation of its own, so that a long write fills
// several transactions if need be; a crash leaves a prefix of it.
#pragma once

#include "services/fs/file_system.hpp"

#include <algorithm>

namespace fs {

inline constexpr std::array<std::byte, BLOCK_SIZE> ZEROES{}; // what a hole reads as

template <block::Device D>
Result<void> FileSystem<D>::check_file(InodeRef ref) {
    TRY(inodes_.check(ref));
    switch (inodes_.at(ref).type) {
    case FileType::file:
        return {};
    case FileType::directory:
        return std::unexpected(Error::is_directory);
    case FileType::device:
    case FileType::none:
        break;
    }
    return std::unexpected(Error::invalid);
}

template <block::Device D>
template <io::Destination T>
Result<std::uint64_t> FileSystem<D>::read(InodeRef ref, std::uint64_t offset, std::uint64_t count,
                                          T& destination) {
    TRY(inodes_.check(ref));
    const InodeRecord& inode = inodes_.at(ref);
    if (inode.type == FileType::device)
        return std::unexpected(Error::invalid);
    if (offset >= inode.size)
        return 0;
    const std::uint64_t total = std::min(count, inode.size - offset);
    std::uint64_t done = 0;
    while (done < total) {
        const std::uint64_t at = (offset + done) % BLOCK_SIZE;
        const std::uint64_t bytes = std::min(BLOCK_SIZE - at, total - done);
        const Result<std::uint32_t> block = map_.find(inode, (offset + done) / BLOCK_SIZE);
        Result<void> put = {};
        if (!block) {
            put = std::unexpected(block.error());
        } else if (*block == 0) {
            put = destination.put(Bytes(ZEROES).first(bytes));
        } else if (const Result<Buffer> buffer = cache_.get(*block); buffer) {
            put = destination.put(Bytes(cache_.bytes(*buffer)).subspan(at, bytes));
        } else {
            put = std::unexpected(buffer.error());
        }
        if (!put) {
            if (done != 0)
                return done;
            return std::unexpected(put.error());
        }
        done += bytes;
    }
    return done;
}

template <block::Device D>
template <io::Source T>
Result<std::uint64_t> FileSystem<D>::write(InodeRef ref, std::uint64_t offset, std::uint64_t count,
                                           T& source) {
    TRY(check_file(ref));
    if (offset > FILE_BYTES_LIMIT || count > FILE_BYTES_LIMIT - offset)
        return std::unexpected(Error::too_large);
    std::uint64_t done = 0;
    while (done < count) {
        const std::uint64_t at = offset + done;
        const std::uint64_t bytes = std::min(BLOCK_SIZE - at % BLOCK_SIZE, count - done);
        if (const Result<void> piece = write_piece(ref, at, bytes, source); !piece) {
            if (done != 0)
                return done;
            return std::unexpected(piece.error());
        }
        done += bytes;
    }
    return done;
}

// COUNT bytes inside one block: all of them or none.
template <block::Device D>
template <io::Source T>
Result<void> FileSystem<D>::write_piece(InodeRef ref, std::uint64_t offset, std::uint64_t count,
                                        T& source) {
    TRY(log_.reserve());
    InodeRecord& inode = inodes_.at(ref);
    const Place place = TRY(map_.prepare(inode, offset / BLOCK_SIZE));
    Result<void> got = source.get(cache_.bytes(place.data).subspan(offset % BLOCK_SIZE, count));
    const bool inode_changes = place.taken.count != 0 || offset + count > inode.size;
    if (got && inode_changes) {
        if (const Result<Buffer> home = inodes_.prepare(ref); home) {
            map_.link(inode, place);
            inode.size = std::max(inode.size, offset + count);
            inodes_.store_in(*home, ref);
            return {};
        } else {
            got = std::unexpected(home.error());
        }
    }
    if (!got)
        map_.give_back(place);
    return got;
}

template <block::Device D>
Result<void> FileSystem<D>::truncate(InodeRef ref, std::uint64_t size) {
    TRY(check_file(ref));
    if (size > FILE_BYTES_LIMIT)
        return std::unexpected(Error::too_large);
    if (size == inodes_.at(ref).size)
        return {};
    return truncation_.cut(ref, size);
}

template <block::Device D>
Result<void> FileSystem<D>::read_page(InodeRef ref, std::uint64_t index, std::uint64_t count,
                                      PageBytes page) {
    TRY(check_file(ref));
    const InodeRecord& inode = inodes_.at(ref);
    const std::uint64_t start = index < FILE_BLOCKS_LIMIT ? index * BLOCK_SIZE : FILE_BYTES_LIMIT;
    const std::uint32_t block = start < inode.size ? TRY(map_.find(inode, index)) : 0;
    if (block == 0) {
        zero_page(page);
        return {};
    }
    copy_page(page, cache_.bytes(TRY(cache_.get(block))));
    const std::uint64_t there = std::min(std::min(count, inode.size - start), PAGE_SIZE);
    if (there < PAGE_SIZE)
        zero_bytes(page.subspan(there));
    return {};
}

template <block::Device D>
Result<void> FileSystem<D>::write_page(InodeRef ref, std::uint64_t index, std::uint64_t count,
                                       PageBytes page) {
    TRY(check_file(ref));
    const InodeRecord& inode = inodes_.at(ref);
    const std::uint64_t start = index < FILE_BLOCKS_LIMIT ? index * BLOCK_SIZE : FILE_BYTES_LIMIT;
    if (start >= inode.size)
        return {};
    const Buffer block = TRY(prepare_page(ref, index));
    const std::uint64_t there = std::min(std::min(count, inode.size - start), PAGE_SIZE);
    if (there == PAGE_SIZE)
        copy_page(cache_.bytes(block), page);
    else
        copy_bytes(cache_.bytes(block), page.first(there));
    return {};
}

template <block::Device D>
Result<void> FileSystem<D>::claim_page(InodeRef ref, std::uint64_t index) {
    TRY(check_file(ref));
    const InodeRecord& inode = inodes_.at(ref);
    if (index >= FILE_BLOCKS_LIMIT || index * BLOCK_SIZE >= inode.size)
        return {};
    if (TRY(map_.find(inode, index)) == 0)
        TRY(prepare_page(ref, index));
    return {};
}

// Block INDEX of REF's file, to be changed; taken and linked if it was a hole.
template <block::Device D>
Result<Buffer> FileSystem<D>::prepare_page(InodeRef ref, std::uint64_t index) {
    TRY(log_.reserve());
    InodeRecord& inode = inodes_.at(ref);
    const Place place = TRY(map_.prepare(inode, index));
    if (place.taken.count != 0) {
        const Result<Buffer> home = inodes_.prepare(ref);
        if (!home) {
            map_.give_back(place);
            return std::unexpected(home.error());
        }
        map_.link(inode, place);
        inodes_.store_in(*home, ref);
    }
    return place.data;
}

} // namespace fs
