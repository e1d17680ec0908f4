// Keeping frames free, and memory that becomes smaller or larger while the machine runs.
// SPDX-License-Identifier: MIT
//
// Called by the placement: a kernel thread (monolithic), between requests (a server).
#include "services/vm/memory.hpp"

namespace vm {

Result<std::uint64_t> Memory::page_out(std::uint64_t step) {
    std::uint64_t evicted = 0;
    Result<void> outcome{};
    while (outcome && evicted < step && room() < watermarks_.high) {
        const Result<FrameIndex> frame = evict_by_choice(CoreMap::NONE);
        if (frame) {
            frames.give(*frame);
            ++evicted;
        } else if (frame.error() == Error::no_memory) {
            break;
        } else {
            outcome = std::unexpected(frame.error());
        }
    }
    translations.settle();
    TRY(outcome);
    return evicted;
}

Result<void> Memory::evict_one() {
    frames.give(TRY(evict(CoreMap::NONE)));
    return {};
}

Result<void> Memory::evict_pages(std::uint64_t count) {
    Result<void> outcome{};
    for (; outcome && count != 0; --count)
        outcome = evict_one();
    translations.settle();
    return outcome;
}

Result<void> Memory::make_room(std::uint64_t count) {
    Result<void> outcome{};
    while (outcome && frames.free_count() < count)
        outcome = evict_one();
    translations.settle();
    return outcome;
}

Result<void> Memory::set_pool(std::uint64_t frames) {
    const Watermarks marks = fixed_watermarks_.value_or(Watermarks::usual(frames));
    const bool ordered = marks.low <= marks.high && marks.high < frames;
    if (frames < LEAST_POOL || frames > core_.frames() || !ordered)
        return std::unexpected(Error::invalid);
    pool_ = frames;
    watermarks_ = marks;
    return {};
}

Result<void> Memory::shrink(std::uint64_t count) {
    const std::uint64_t before = pool_;
    if (count > before || !set_pool(before - count))
        return std::unexpected(Error::no_memory);
    Result<void> shrunk = check_commitment(0);
    while (shrunk && core_.resident() > pool_)
        shrunk = evict_one();
    if (!shrunk)
        MUST(set_pool(before)); // as it was
    translations.settle();
    return shrunk;
}

Result<void> Memory::grow(std::uint64_t count) {
    if (count > core_.frames()) // so that the sum does not wrap
        return std::unexpected(Error::invalid);
    return set_pool(pool_ + count);
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
