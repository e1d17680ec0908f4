// Keeping frames free, and memory that becomes smaller or larger while the machine runs.
// SPDX-License-Identifier: MIT
//
// Called by the placement: a kernel thread (monolithic), between requests (a server).
#include "services/vm/memory.hpp"

namespace vm {

Result<std::uint64_t> Memory::page_out(std::uint64_t step) {
    std::uint64_t evicted = 0;
    while (evicted < step && room() < watermarks_.high) {
        const Result<FrameIndex> frame = evict_by_choice(CoreMap::NONE);
        if (!frame && frame.error() == Error::no_memory)
            break;
        frames.give(TRY(frame));
        ++evicted;
    }
    return evicted;
}

Result<void> Memory::make_room(std::uint64_t count) {
    while (frames.free_count() < count)
        frames.give(TRY(evict(CoreMap::NONE)));
    return {};
}

Result<void> Memory::shrink(std::uint64_t count) {
    const std::uint64_t before = pool_;
    if (count > before || before - count < LEAST_POOL || before - count <= watermarks_.high)
        return std::unexpected(Error::no_memory);
    pool_ = before - count;
    Result<void> shrunk = check_commitment(0);
    while (shrunk && core_.resident() > pool_) {
        const Result<FrameIndex> frame = evict(CoreMap::NONE);
        if (frame)
            frames.give(*frame);
        else
            shrunk = std::unexpected(frame.error());
    }
    if (!shrunk)
        pool_ = before;
    return shrunk;
}

Result<void> Memory::grow(std::uint64_t count) {
    if (count > core_.frames() || pool_ > core_.frames() - count)
        return std::unexpected(Error::invalid);
    pool_ += count;
    return {};
}

// Every committed page fits into a frame or a slot, and there is one place more, through which
// pages change between them.
std::uint64_t Memory::commit_limit() const { return pool_ + slots_.count() - 1; }

std::uint64_t Memory::committed() const {
    return committed_ + tables_a_node_ * (nodes_.count() - nodes_.free_count());
}

Result<void> Memory::check_commitment(std::uint64_t more) const {
    if (committed() + more <= commit_limit())
        return {};
    return std::unexpected(Error::no_memory);
}

} // namespace vm
