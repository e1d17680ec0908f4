// Records of frames, and lists of free tables: each table names the next in its first word.
// SPDX-License-Identifier: MIT
//
// Before: spaces.cpp, space.cpp; task.cpp at boot.
#include "frames.hpp"

#include "kernel.hpp"

namespace {

constexpr unsigned RIGHTS_BITS = 3; // of a record's home, below the page's number

std::uint64_t& next_of(Frame table) {
    return *reinterpret_cast<std::uint64_t*>(frame_bytes(table).data());
}

} // namespace

Result<void> KernelFrames::adopt(FrameRange memory, FrameRange free) {
    unused_ = free;
    const std::uint64_t pages = pages_to_hold(memory.count() * sizeof(FrameRecord));
    if (pages >= free.count())
        return std::unexpected(Error::no_memory);
    records_ = reinterpret_cast<FrameRecord*>(direct_map(free.first.start()).raw());
    unused_.first = free.first + pages;
    first_ = memory.first.number();
    count_ = memory.count();
    for (std::uint64_t i = 0; i < count_; ++i) {
        const bool is_free = first_ + i >= unused_.first.number() && first_ + i < free.end.number();
        records_[i] = {.mappings = is_free ? 0 : FrameRecord::KERNELS, .home = 0};
    }
    return {};
}

Result<Frame> KernelFrames::take_zeroed() {
    if (unused_.count() == 0)
        return std::unexpected(Error::no_memory);
    const Frame frame = unused_.first;
    unused_.first = frame + 1;
    record(frame).mappings = FrameRecord::KERNELS;
    zero_page(frame_bytes(frame));
    return frame;
}

Result<void> KernelFrames::give_table(Thread& giver, Frame frame, Page home, Rights rights) {
    if (!is_handed_over(frame) || record(frame).mappings != 1)
        return std::unexpected(Error::busy);
    record(frame) = {.mappings = FrameRecord::KERNELS,
                     .home =
                         static_cast<std::uint32_t>(home.number() << RIGHTS_BITS | rights.raw())};
    put_table(giver, frame);
    return {};
}

void KernelFrames::lend_table(Thread& taker, Frame frame) { put_table(taker, frame); }

Result<Frame> KernelFrames::take_table(Thread& owner) {
    if (owner.first_table == Thread::NO_TABLE)
        return std::unexpected(Error::no_memory);
    const Frame table(owner.first_table);
    owner.first_table = next_of(table);
    zero_page(frame_bytes(table));
    return table;
}

void KernelFrames::put_table(Thread& owner, Frame table) {
    next_of(table) = owner.first_table;
    owner.first_table = table.number();
}

Result<KernelFrames::Returned> KernelFrames::return_table(Thread& owner) {
    if (owner.first_table == Thread::NO_TABLE)
        return std::unexpected(Error::no_memory);
    const Frame table(owner.first_table);
    const std::uint32_t home = record(table).home;
    if (home == 0)
        return std::unexpected(Error::no_memory);
    owner.first_table = next_of(table);
    record(table) = {.mappings = 1, .home = 0};
    return Returned{table, Page(home >> RIGHTS_BITS), Rights::from_raw(home)};
}

void KernelFrames::inherit_tables(Thread& from, Thread& to) {
    if (&from == &to)
        return; // root itself has ended
    while (const Result<Frame> table = take_table(from)) {
        record(*table).home = 0;
        put_table(to, *table);
    }
}
