// Shortening a file: its blocks go, from the end, a piece to an operation.
// SPDX-License-Identifier: MIT
//
// A piece fits a transaction and leaves a consistent file that is a little shorter, so that a long
// file may be cut by several commits. Freeing an inode (its last name and reference are gone) is a
// cut to nothing, then its erasure.
#pragma once

#include "services/fs/block_map.hpp"

namespace fs {

template <block::Device D>
class Truncation {
public:
    constexpr Truncation(Cache<D>& cache, Log<D>& log, Bitmap<D>& bitmap, Inodes<D>& inodes,
                         BlockMap<D>& map)
        : cache_(cache), log_(log), bitmap_(bitmap), inodes_(inodes), map_(map) {}

    // REF's file ends at SIZE: what is beyond it goes, or a hole comes. input_output: a longer file
    // may end anywhere in between.
    Result<void> cut(InodeRef ref, std::uint64_t size) {
        const std::uint64_t keep = blocks_to_hold(size);
        while (blocks_to_hold(inodes_.at(ref).size) > keep)
            TRY(cut_piece(ref, keep));
        return end_at(ref, size);
    }

    // REF's inode has neither name nor reference: it and its blocks become free.
    Result<void> erase(InodeRef ref) {
        TRY(cut(ref, 0));
        TRY(log_.reserve());
        inodes_.erase(TRY(inodes_.prepare(ref)), ref);
        return {};
    }

private:
    // What freeing one more block may take beside what is prepared: bitmap blocks for it, its index
    // and the index's index.
    static constexpr std::uint64_t STEP_BLOCKS = 3;

    // Frees the last blocks, down to KEEP at most, of one index block (or of the inode itself).
    Result<void> cut_piece(InodeRef ref, std::uint64_t keep) {
        InodeRecord& inode = inodes_.at(ref);
        TRY(log_.reserve());
        const Buffer home = TRY(inodes_.prepare(ref));
        std::uint64_t end = blocks_to_hold(inode.size);
        const Result<void> result = way_to(end - 1).depth == 0 ? cut_direct(inode, keep, end)
                                                               : cut_indexed(inode, keep, end);
        // Whatever was done of it counts.
        inode.size = std::min(inode.size, end * BLOCK_SIZE);
        inodes_.store_in(home, ref);
        return result;
    }

    Result<void> cut_direct(InodeRecord& inode, std::uint64_t keep, std::uint64_t& end) {
        for (; end > keep && log_.left() >= STEP_BLOCKS; --end) {
            TRY(free(inode.addresses[end - 1]));
            inode.addresses[end - 1] = 0;
        }
        return {};
    }

    Result<void> cut_indexed(InodeRecord& inode, std::uint64_t keep, std::uint64_t& end) {
        const Way way = way_to(end - 1);
        const std::uint64_t leaf_entry = way.entry[way.depth - 1];
        const std::uint64_t leaf_start = end - 1 - leaf_entry;
        const std::uint64_t stop = std::max(keep, leaf_start);
        const std::uint32_t top = usable(inode.addresses[way.slot]);
        Buffer middle{};
        std::uint32_t leaf_block = top;
        if (top != 0 && way.depth == 2) {
            middle = TRY(log_.prepare(top));
            leaf_block = usable(TRY(entry(middle, way.entry[0])));
        }
        if (leaf_block == 0) { // nothing of it is there
            end = stop;
            if (stop != leaf_start)
                return {};
        } else {
            const Buffer leaf = TRY(log_.prepare(leaf_block));
            std::uint64_t at = end;
            for (; at > stop && log_.left() >= STEP_BLOCKS; --at) {
                TRY(free(TRY(entry(leaf, at - 1 - leaf_start))));
                clear(leaf, at - 1 - leaf_start);
            }
            // The file does not end before its index block is free, so that none is forgotten.
            if (at == leaf_start)
                TRY(free(leaf_block));
            end = at;
            if (end != leaf_start)
                return {};
        }
        // The leaf is gone; so is what it hung on, with its first entry.
        if (way.depth == 2 && top != 0) {
            clear(middle, way.entry[0]);
            if (way.entry[0] != 0)
                return {};
            TRY(free(top));
        }
        inode.addresses[way.slot] = 0;
        return {};
    }

    // The file's end inside its last block; what stands beyond becomes zeroes.
    Result<void> end_at(InodeRef ref, std::uint64_t size) {
        InodeRecord& inode = inodes_.at(ref);
        TRY(log_.reserve());
        const Buffer home = TRY(inodes_.prepare(ref));
        if (size % BLOCK_SIZE != 0) {
            const std::uint32_t block = TRY(map_.find(inode, size / BLOCK_SIZE));
            if (block != 0) {
                const Buffer last = TRY(log_.prepare(block));
                zero_bytes(cache_.bytes(last).subspan(size % BLOCK_SIZE));
            }
        }
        inode.size = size;
        inodes_.store_in(home, ref);
        return {};
    }

    // A block number that is none counts as a hole, so that a damaged file can be removed.
    std::uint32_t usable(std::uint32_t block) const { return map_.check(block) ? block : 0; }

    Result<void> free(std::uint32_t block) {
        if (usable(block) != 0)
            TRY(bitmap_.free(block));
        return {};
    }

    Result<std::uint32_t> entry(Buffer index, std::uint64_t at) {
        return load<std::uint32_t>(cache_.bytes(index), entry_offset(at));
    }
    void clear(Buffer index, std::uint64_t at) {
        MUST(store<std::uint32_t>(cache_.bytes(index), entry_offset(at), 0)); // an entry: in place
    }

    Cache<D>& cache_;
    Log<D>& log_;
    Bitmap<D>& bitmap_;
    Inodes<D>& inodes_;
    BlockMap<D>& map_;
};

} // namespace fs
