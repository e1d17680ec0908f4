// Mounting, and inodes by reference.
// SPDX-License-Identifier: MIT
//
// A part of FileSystem (file_system.hpp).
#pragma once

#include "services/fs/file_system.hpp"

namespace fs {

template <block::Device D>
Result<void> FileSystem<D>::mount(const Storage& storage) {
    const bool enough = storage.buffer_records.size() >= BUFFERS_LEAST &&
                        storage.buffers.size() == storage.buffer_records.size() * BLOCK_SIZE;
    if (!enough)
        return std::unexpected(Error::invalid);
    const auto own = storage.buffers.template first<BLOCK_SIZE>();
    TRY(device_.read(BlockNumber{0}, own));
    layout_ = TRY(read_superblock(own));
    if (layout_.total_blocks() > device_.block_count())
        return std::unexpected(Error::malformed);
    TRY(cache_.attach(storage.buffers.subspan(BLOCK_SIZE), storage.buffer_records.subspan(1)));
    TRY(log_.recover(layout_, own));
    // The log's copies stand in the cache now; they are nobody's blocks.
    TRY(cache_.attach(storage.buffers.subspan(BLOCK_SIZE), storage.buffer_records.subspan(1)));
    TRY(bitmap_.attach(layout_));
    TRY(inodes_.attach(layout_, storage.inodes));
    map_.attach(layout_);
    root_ = TRY(inodes_.hold_number(ROOT_INODE));
    const InodeRecord& root = inodes_.at(root_);
    if (root.type != FileType::directory || root.links == 0)
        return std::unexpected(Error::malformed);
    return free_orphans();
}

// Inodes whose last reference a crash took away.
template <block::Device D>
Result<void> FileSystem<D>::free_orphans() {
    std::uint64_t left = inodes_.orphans();
    for (std::uint32_t number = ROOT_INODE; left != 0 && number <= layout_.inode_count; ++number) {
        if (!TRY(inodes_.is_orphan(number)))
            continue;
        --left;
        // One that makes no sense stays: there is nothing to be freed by it.
        if (const Result<InodeRef> orphan = inodes_.hold_number(number); orphan)
            release(*orphan);
    }
    return {};
}

template <block::Device D>
Result<void> FileSystem<D>::hold(InodeRef ref) {
    TRY(inodes_.check(ref));
    inodes_.hold(ref);
    return {};
}

template <block::Device D>
void FileSystem<D>::release(InodeRef ref) {
    if (!inodes_.check(ref))
        return;
    const bool last = inodes_.at(ref).references == 1;
    if (last && inodes_.at(ref).links == 0) {
        // Still held, so that its record stays; erased, it is nobody's.
        if (truncation_.erase(ref))
            return;
    }
    inodes_.release(ref);
}

template <block::Device D>
void FileSystem<D>::release_all() {
    for (std::uint32_t index = 0; index < inodes_.records(); ++index) {
        const InodeRef ref{index};
        if (!inodes_.check(ref))
            continue;
        inodes_.leave_one_reference(ref);
        if (ref != root_) // which the file system holds itself
            release(ref);
    }
}

template <block::Device D>
Result<Stat> FileSystem<D>::stat(InodeRef ref) {
    TRY(inodes_.check(ref));
    const InodeRecord& inode = inodes_.at(ref);
    return Stat{.inode = inode.number,
                .type = inode.type,
                .links = inode.links,
                .size = inode.size,
                .major = inode.major,
                .minor = inode.minor};
}

} // namespace fs
