// Which block of the disk holds which block of a file: direct, indirect, double indirect.
// SPDX-License-Identifier: MIT
//
//   inode: 24 direct | indirect -> 1,024 | double -> 1,024 -> 1,024 x 1,024
//
// Number 0 is a hole. Numbers that are not data blocks make the file malformed. read and write of
// file_system.hpp and directories go through here; shortening a file is in truncation.hpp.
#pragma once

#include "services/fs/bitmap.hpp"
#include "services/fs/inodes.hpp"

namespace fs {

// The way from an inode to a block of its file.
struct Way {
    std::uint64_t slot;                 // in the inode's addresses
    std::uint64_t depth;                // index blocks on the way: 0 to 2
    std::array<std::uint64_t, 2> entry; // in each of them
};

// INDEX must be below FILE_BLOCKS_LIMIT.
constexpr Way way_to(std::uint64_t index) {
    if (index < DIRECT)
        return {index, 0, {}};
    index -= DIRECT;
    if (index < PER_INDEX)
        return {INDIRECT_SLOT, 1, {index, 0}};
    index -= PER_INDEX;
    return {DOUBLE_SLOT, 2, {index / PER_INDEX, index % PER_INDEX}};
}
static_assert(way_to(DIRECT).depth == 1 && way_to(DIRECT + PER_INDEX).depth == 2);
static_assert(way_to(FILE_BLOCKS_LIMIT - 1).entry[0] == PER_INDEX - 1 &&
              way_to(FILE_BLOCKS_LIMIT - 1).entry[1] == PER_INDEX - 1);

constexpr std::uint64_t entry_offset(std::uint64_t entry) { return entry * sizeof(std::uint32_t); }

// A file's block about to be written: its buffer, and what linking it to the inode takes.
struct Place {
    Buffer data;
    Taken taken;             // new blocks: indexes from the top, then data
    Buffer parent;           // the index block that gets the first new one; none: the inode does
    std::uint64_t slot = 0;  // in the inode
    std::uint64_t entry = 0; // in the parent
};

template <block::Device D>
class BlockMap {
public:
    constexpr BlockMap(Cache<D>& cache, Log<D>& log, Bitmap<D>& bitmap)
        : cache_(cache), log_(log), bitmap_(bitmap) {}

    void attach(const Layout& layout) { layout_ = layout; }

    // The block that holds block INDEX of INODE's file; 0: a hole. malformed, input_output.
    Result<std::uint32_t> find(const InodeRecord& inode, std::uint64_t index) {
        if (index < DIRECT) [[likely]]
            return check(inode.addresses[index]);
        const Way way = way_to(index);
        std::uint32_t block = TRY(check(inode.addresses[way.slot]));
        for (std::uint64_t level = 0; level < way.depth && block != 0; ++level)
            block = TRY(read_entry(block, way.entry[level]));
        return block;
    }

    // Block INDEX of INODE's file, to be changed in the running operation: taken when it is a hole,
    // but not linked yet. no_space, malformed, input_output: nothing happened.
    Result<Place> prepare(const InodeRecord& inode, std::uint64_t index) {
        const Way way = way_to(index);
        // The blocks on the way, as far as they are there.
        std::array<std::uint32_t, 3> blocks{};
        std::uint64_t there = 0;
        std::uint32_t block = TRY(check(inode.addresses[way.slot]));
        while (block != 0) {
            blocks[there++] = block;
            if (there > way.depth)
                break;
            block = TRY(read_entry(block, way.entry[there - 1]));
        }
        Place place{};
        place.slot = way.slot;
        if (there > way.depth) {
            place.data = TRY(log_.prepare(blocks[way.depth]));
            return place;
        }
        if (there != 0) {
            place.parent = TRY(log_.prepare(blocks[there - 1]));
            place.entry = way.entry[there - 1];
        }
        TRY(bitmap_.take(way.depth - there, End::last, place.taken));
        const Result<void> taken = bitmap_.take(1, End::first, place.taken);
        if (!taken) {
            bitmap_.give_back(place.taken);
            return std::unexpected(taken.error());
        }
        const Result<Buffer> data = chain(place, way, there);
        if (!data) {
            bitmap_.give_back(place.taken);
            return std::unexpected(data.error());
        }
        place.data = *data;
        return place;
    }

    // The new blocks of PLACE become part of INODE's file; the caller stores the inode.
    void link(InodeRecord& inode, const Place& place) {
        if (place.taken.count == 0)
            return;
        if (place.parent.index == BufferRecord::NONE)
            inode.addresses[place.slot] = place.taken.blocks[0];
        else // In place: an entry of an index block.
            MUST(store(cache_.bytes(place.parent), entry_offset(place.entry),
                       place.taken.blocks[0]));
    }

    void give_back(const Place& place) { bitmap_.give_back(place.taken); }

    // BLOCK as found in an inode or index block.
    Result<std::uint32_t> check(std::uint32_t block) const {
        if (block != 0 && !layout_.is_data(block)) [[unlikely]]
            return std::unexpected(Error::malformed);
        return block;
    }

    Result<std::uint32_t> read_entry(std::uint32_t index_block, std::uint64_t entry) {
        const Buffer buffer = TRY(cache_.get(index_block));
        return check(TRY(load<std::uint32_t>(cache_.bytes(buffer), entry_offset(entry))));
    }

private:
    // Zeroes in PLACE's new blocks, each index naming the next; the last one's buffer.
    Result<Buffer> chain(const Place& place, const Way& way, std::uint64_t there) {
        Buffer buffer{};
        for (std::size_t i = 0; i < place.taken.count; ++i) {
            buffer = TRY(log_.prepare_fresh(place.taken.blocks[i]));
            if (i + 1 < place.taken.count)
                TRY(store(cache_.bytes(buffer), entry_offset(way.entry[there + i]),
                          place.taken.blocks[i + 1]));
        }
        return buffer;
    }

    Cache<D>& cache_;
    Log<D>& log_;
    Bitmap<D>& bitmap_;
    Layout layout_;
};

} // namespace fs
