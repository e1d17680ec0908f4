// The superblock, and sealing a block with a checksum.
// SPDX-License-Identifier: MIT
//
// Before: mkfs wrote it. Mounting reads it first, then the log (log.hpp).
#pragma once

#include "services/fs/layout.hpp"

namespace fs {

// Puts the sum of BLOCK, going on from SUM, into BLOCK's last word.
inline void seal(BlockBytes block, std::uint64_t sum) {
    // In place: CHECKSUM_OFFSET and a word end with the block.
    MUST(store<std::uint64_t>(block, CHECKSUM_OFFSET, 0));
    MUST(store<std::uint64_t>(block, CHECKSUM_OFFSET, checksum_page(sum, block)));
}

// Is BLOCK as `seal` left it? Its last word is zero afterwards.
inline bool unseal(BlockBytes block, std::uint64_t sum) {
    const std::uint64_t written = MUST(load<std::uint64_t>(block, CHECKSUM_OFFSET)); // as above
    MUST(store<std::uint64_t>(block, CHECKSUM_OFFSET, 0));
    return checksum_page(sum, block) == written;
}

inline void write_superblock(const Layout& layout, BlockBytes block) {
    zero_bytes(block);
    const SuperblockImage image{.magic = MAGIC,
                                .version = VERSION,
                                .block_bytes = BLOCK_SIZE,
                                .block_count = layout.block_count,
                                .inode_count = layout.inode_count,
                                .log_first = layout.log_first,
                                .log_blocks = layout.log_blocks,
                                .inode_first = layout.inode_first,
                                .bitmap_first = layout.bitmap_first,
                                .data_first = layout.data_first,
                                .swap_first = layout.swap_first,
                                .swap_blocks = layout.swap_blocks,
                                .reserved = 0};
    MUST(store(block, 0, image)); // far smaller than a block
    seal(block, 0);
}

// malformed: not a superblock of this version, or one whose parts do not fit together.
inline Result<Layout> layout_of(const SuperblockImage& image) {
    if (image.magic != MAGIC || image.version != VERSION || image.block_bytes != BLOCK_SIZE)
        return std::unexpected(Error::malformed);
    const Layout written{.block_count = image.block_count,
                         .inode_count = image.inode_count,
                         .log_first = image.log_first,
                         .log_blocks = image.log_blocks,
                         .inode_first = image.inode_first,
                         .bitmap_first = image.bitmap_first,
                         .data_first = image.data_first,
                         .swap_first = image.swap_first,
                         .swap_blocks = image.swap_blocks};
    const Result<Layout> planned =
        plan({image.block_count, image.inode_count, image.log_blocks, image.swap_blocks});
    if (!planned || *planned != written)
        return std::unexpected(Error::malformed);
    return written;
}

// The same with the checksum looked at. BLOCK is used up.
inline Result<Layout> read_superblock(BlockBytes block) {
    const SuperblockImage image = TRY(load<SuperblockImage>(block, 0));
    if (!unseal(block, 0))
        return std::unexpected(Error::malformed);
    return layout_of(image);
}

} // namespace fs
