// Disk requests of a process: asked for by a primitive, waited for by a word.
// SPDX-License-Identifier: MIT
//
// Before: the file system, in a call or in the middle of a fault; virtual memory, for swap. Next:
// the kernel (../disk.cpp), which stores how the request ended into this process's word.
#include "disk.hpp"

#include "libos.hpp"
#include "primitives.hpp"
#include "waiting.hpp"

namespace {

using abi::exo::DiskOperation;

// Carries the request out, with the bytes in the frame behind FRAME_SLOT. too_many: the kernel's
// queue is full.
Result<void> carry_out(DiskOperation operation, std::uint64_t extent_slot, std::uint64_t block,
                       std::uint64_t frame_slot) {
    volatile std::uint64_t& word = shared.disk_words[libos.self.number()];
    TRY(primitive::disk(operation, extent_slot, block, frame_slot, slots::name_of(word)));
    while (word == abi::exo::UNDER_WAY)
        wait_for(word, abi::exo::UNDER_WAY, Patience::until_it_happens);
    return primitive::to_result(word);
}

std::uint64_t slot_of(const std::byte* bytes) {
    return slots::of_address(reinterpret_cast<std::uint64_t>(bytes));
}

// Swap comes in pieces of so many blocks.
constexpr std::uint64_t PIECE = 64;
static_assert(SWAP_SLOTS / PIECE <= slots::MAKING - slots::SWAP_EXTENT);

std::uint64_t extent_of(std::uint64_t slot) { return slots::SWAP_EXTENT + slot / PIECE; }

} // namespace

Result<void> Disk::take(std::uint64_t blocks) {
    return primitive::bind(TRY(primitive::take_extent(0, blocks)), slots::FILES_EXTENT);
}

std::uint64_t Disk::block_count() const { return environment_page().disk_blocks; }

Result<void> Disk::read(block::BlockNumber number, block::BlockBytes bytes) {
    return carry_out(DiskOperation::read, slots::FILES_EXTENT, number.raw(), slot_of(bytes.data()));
}

Result<void> Disk::write(block::BlockNumber number, block::ConstBlockBytes bytes) {
    return carry_out(DiskOperation::write, slots::FILES_EXTENT, number.raw(),
                     slot_of(bytes.data()));
}

Result<void> Disk::flush() {
    return carry_out(DiskOperation::flush, slots::FILES_EXTENT, 0, slots::SHARED);
}

bool Disk::is_read_only() const { return environment_page().disk_is_read_only != 0; }

namespace {

// How many processes had ended when no piece was free.
constinit std::uint64_t full_since = ~0ULL;

// Some piece that nobody has, behind SLOT. What was full stays so until a process has ended.
Result<void> take_swap_piece(std::uint64_t slot) {
    if (full_since == shared.ended)
        return std::unexpected(Error::no_memory);
    const fs::Layout& layout = shared.file_system.layout();
    for (std::uint64_t piece = 0; piece < layout.swap_blocks / PIECE; ++piece) {
        const auto taken = primitive::take_extent(layout.swap_first + piece * PIECE, PIECE);
        if (taken)
            return primitive::bind(*taken, slot);
    }
    full_since = shared.ended;
    return std::unexpected(Error::no_memory);
}

} // namespace

Result<void> SwapArea::read(vm::SwapSlot slot, PageBytes page) {
    return carry_out(DiskOperation::read, extent_of(slot.raw()), slot.raw() % PIECE,
                     slot_of(page.data()));
}

// The piece is taken when it is written to for the first time. no_memory: others have all of it.
Result<void> SwapArea::write(vm::SwapSlot slot, PageBytes page) {
    const std::uint64_t piece = slot.raw() / PIECE;
    if ((pieces_ >> piece & 1) == 0) {
        TRY(take_swap_piece(extent_of(slot.raw())));
        pieces_ |= 1ULL << piece;
    }
    return carry_out(DiskOperation::write, extent_of(slot.raw()), slot.raw() % PIECE,
                     slot_of(page.data()));
}

// Block by block, through the frame behind MAKING.
Result<void> SwapArea::copy_to(std::uint64_t target) {
    constexpr std::uint64_t COPY = slots::MAKING + 1; // the child's piece, while it is copied to
    for (std::uint64_t piece = 0; piece < SWAP_SLOTS / PIECE; ++piece) {
        if ((pieces_ >> piece & 1) == 0)
            continue;
        const std::uint64_t own = slots::SWAP_EXTENT + piece;
        TRY(take_swap_piece(COPY));
        Result<void> copied{};
        for (std::uint64_t block = 0; block < PIECE && copied; ++block) {
            copied = carry_out(DiskOperation::read, own, block, slots::MAKING);
            if (copied)
                copied = carry_out(DiskOperation::write, COPY, block, slots::MAKING);
        }
        if (copied)
            copied = primitive::share(target, COPY, own, 1, Rights::all());
        MUST(primitive::unbind(COPY)); // it was bound above
        TRY(copied);
    }
    return {};
}
