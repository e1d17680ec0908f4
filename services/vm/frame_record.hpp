// What is known of one frame: who uses it, where it is mapped, and its place in the queue.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/names.hpp"

namespace vm {

// A resident frame holds either a private page, which stands at the same page number in every space
// that uses it (they are copies by fork), or a page of a file, wherever the regions put it.
struct FrameRecord {
    std::uint32_t older; // neighbours in the queue of resident frames, by number
    std::uint32_t newer;
    std::uint32_t page;       // private: page number; of a file: index in the file
    std::uint32_t backing;    // private: SwapSlot with the same contents; else FileId
    std::uint16_t file_bytes; // of a file: how many are meant (1 .. PAGE_SIZE); 0: private
    std::uint16_t users;      // records that name it
    std::uint16_t space;      // one that used it first; a hint where to look
    std::uint8_t age;         // for the policies
    std::uint8_t flags;
    std::uint32_t next_in_bucket; // of a file: the next frame with the same hash
    std::uint32_t reserved;

    static constexpr std::uint8_t DIRTY = 1;    // differs from what is behind it
    static constexpr std::uint8_t HAS_SLOT = 2; // `backing` is a swap slot
    static constexpr std::uint8_t CLAIMED = 4;  // of a file that has a block for what is stored

    constexpr bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
    constexpr void set(std::uint8_t flag) { flags |= flag; }
    constexpr void clear(std::uint8_t flag) { flags &= static_cast<std::uint8_t>(~flag); }
    constexpr bool is_of_file() const { return file_bytes != 0; }
    constexpr SwapSlot slot() const { return SwapSlot(backing); }
    constexpr FileId file() const { return FileId(backing); }
};
static_assert(sizeof(FrameRecord) == 32);

} // namespace vm
