// Which blocks are free: one bit a block, lowest free block first.
// SPDX-License-Identifier: MIT
//
// Changes join the operation that asks for them (log.hpp). Taking is all or nothing, so that an
// operation which fails later gives back what it took and leaves no trace.
#pragma once

#include "services/fs/log.hpp"

#include <bit>

namespace fs {

// The most blocks that one operation takes: mkdir's directory, and a data block with two indexes.
inline constexpr std::size_t TAKEN_MOST = 4;

// From which end of the disk a block is taken: data from the start, indexes from the end, so that
// the data of a file that is written at one go lies in one run.
enum class End : std::uint8_t { first, last };

struct Taken {
    std::array<std::uint32_t, TAKEN_MOST> blocks{};
    std::size_t count = 0;
};

template <block::Device D>
class Bitmap {
public:
    constexpr Bitmap(Cache<D>& cache, Log<D>& log) : cache_(cache), log_(log) {}

    // Counts what is free.
    Result<void> attach(const Layout& layout) {
        layout_ = layout;
        free_ = 0;
        next_ = layout.data_first;
        last_ = layout.block_count - 1;
        for (std::uint64_t first = 0; first < layout.block_count; first += 64) {
            const std::uint64_t bits = TRY(free_of(first));
            free_ += static_cast<std::uint64_t>(std::popcount(bits));
        }
        return {};
    }

    std::uint64_t free_blocks() const { return free_; }

    // COUNT more blocks into TAKEN, or none. no_space.
    Result<void> take(std::size_t count, End end, Taken& taken) {
        if (count > free_)
            return std::unexpected(Error::no_space);
        const std::size_t before = taken.count;
        while (taken.count < before + count) {
            const Result<std::uint32_t> block = end == End::first ? take_first() : take_last();
            if (!block) {
                while (taken.count != before)
                    give(taken.blocks[--taken.count]);
                return std::unexpected(block.error());
            }
            taken.blocks[taken.count++] = *block;
        }
        return {};
    }

    // Gives back all of TAKEN, in the operation that took it.
    void give_back(const Taken& taken) {
        for (std::size_t i = 0; i < taken.count; ++i)
            give(taken.blocks[i]);
    }

    // Frees BLOCK, a data block. A block that is free already stays so.
    Result<void> free(std::uint32_t block) {
        TRY(log_.prepare(layout_.bitmap_block(block)));
        give(block);
        return {};
    }

private:
    static constexpr std::uint64_t BITS = BLOCK_SIZE * 8; // of a bitmap block

    // Of the 64 blocks from FIRST: those that are not data, or not there.
    std::uint64_t not_data(std::uint64_t first) const {
        std::uint64_t mask = 0;
        if (first >= layout_.data_first && first + 64 <= layout_.block_count)
            return mask;
        for (std::uint64_t i = 0; i < 64; ++i)
            if (first + i < layout_.data_first || first + i >= layout_.block_count)
                mask |= 1ULL << i;
        return mask;
    }

    Result<std::uint32_t> take_first() {
        for (std::uint64_t first = next_ / 64 * 64; first < layout_.block_count; first += 64) {
            const std::uint64_t free = TRY(free_of(first));
            if (free == 0)
                continue;
            const auto bit = static_cast<unsigned>(std::countr_zero(free));
            TRY(mark(first, bit));
            next_ = static_cast<std::uint32_t>(first + bit + 1);
            return static_cast<std::uint32_t>(first + bit);
        }
        return std::unexpected(Error::no_space);
    }

    Result<std::uint32_t> take_last() {
        for (std::uint64_t end = last_ / 64 * 64 + 64; end > layout_.data_first; end -= 64) {
            const std::uint64_t free = TRY(free_of(end - 64));
            if (free == 0)
                continue;
            const auto bit = 63U - static_cast<unsigned>(std::countl_zero(free));
            TRY(mark(end - 64, bit));
            last_ = static_cast<std::uint32_t>(end - 64 + bit);
            return static_cast<std::uint32_t>(end - 64 + bit);
        }
        return std::unexpected(Error::no_space);
    }

    // The free ones of the 64 blocks from FIRST, as bits.
    Result<std::uint64_t> free_of(std::uint64_t first) {
        const Buffer buffer =
            TRY(cache_.get(layout_.bitmap_block(static_cast<std::uint32_t>(first))));
        return ~(TRY(load<std::uint64_t>(cache_.bytes(buffer), first % BITS / 8)) |
                 not_data(first));
    }

    // Block FIRST + BIT is in use from now on.
    Result<void> mark(std::uint64_t first, std::uint64_t bit) {
        const Buffer buffer =
            TRY(log_.prepare(layout_.bitmap_block(static_cast<std::uint32_t>(first))));
        const std::uint64_t at = first % BITS / 8;
        const auto word = TRY(load<std::uint64_t>(cache_.bytes(buffer), at));
        TRY(store(cache_.bytes(buffer), at, word | 1ULL << bit));
        --free_;
        return {};
    }

    // BLOCK's part of the bitmap is in the running operation, so it is here.
    void give(std::uint32_t block) {
        const BlockBytes bytes = cache_.bytes(MUST(cache_.get(layout_.bitmap_block(block))));
        const std::uint64_t at = block % BITS / 64 * sizeof(std::uint64_t);
        const auto word = MUST(load<std::uint64_t>(bytes, at)); // AT is below a block's size
        const std::uint64_t bit = 1ULL << block % 64;
        if ((word & bit) == 0)
            return;
        MUST(store(bytes, at, word & ~bit));
        ++free_;
        next_ = std::min(next_, block);
        last_ = std::max(last_, block);
    }

    Cache<D>& cache_;
    Log<D>& log_;
    Layout layout_;
    std::uint64_t free_ = 0;
    std::uint32_t next_ = 0; // no data block below it is free
    std::uint32_t last_ = 0; // none above it is
};

} // namespace fs
