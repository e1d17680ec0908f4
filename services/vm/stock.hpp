// A stock of frames: held before they are needed, so that a fault that takes one asks nobody.
// SPDX-License-Identifier: MIT
//
// The frame source of a placement that has no frames of its own: a server's window, an extension's
// capabilities, a library's bindings. Which frames are free is told here and not in the frames: a
// program may have one mapped still when it is given back (TranslationCache, placement.hpp).
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

#include <algorithm>
#include <concepts>
#include <span>

namespace vm {

// Where a stock's frames come from, and what they are called there. most: how many there may ever
// be. hold: from now on there is a frame behind FRAME, with any contents; asked for in ascending
// order from 0 on, and once more after each `leave`. An error: there is none now; it is asked for
// again.
template <class H>
concept FrameHolder = requires(H& holder, const H& constant, FrameIndex frame) {
    { constant.most() } -> std::same_as<std::uint64_t>;
    { holder.hold(frame) } -> std::same_as<Result<void>>;
    { constant.bytes(frame) } -> std::same_as<PageBytes>;
};

// The frames of a Holder, who is asked for BATCH at a time.
template <FrameHolder Holder, std::uint64_t BATCH = 64>
class Stock : public Holder {
public:
    // Before all else: GIVEN has a place for each frame that there may be, and holds anything. If
    // it is smaller, so is the stock.
    void note_given_in(std::span<std::uint32_t> given) { given_ = given; }

    // no_memory: none is free, and the holder has none left.
    Result<FrameIndex> take() {
        if (fresh_ == held_) [[unlikely]]
            return take_given_or_hold_more();
        return FrameIndex{fresh_++};
    }
    // FRAME was taken. At any time, in any order.
    void give(FrameIndex frame) {
        given_[given_count_++] = static_cast<std::uint32_t>(frame.raw());
    }

    // A free frame is the stock's no longer: its holder does with it what he likes, and is asked
    // for it again when more are needed. no_memory: none is free of those that are there.
    Result<FrameIndex> leave() {
        if (unused_count() == 0)
            return std::unexpected(Error::no_memory);
        const FrameIndex frame = given_count_ != 0 ? take_given() : FrameIndex{fresh_++};
        note_left(frame);
        return frame;
    }
    // FRAME, which was taken, is not there any more; as after leave.
    void note_left(FrameIndex frame) {
        given_[given_.size() - ++left_count_] = static_cast<std::uint32_t>(frame.raw());
    }

    // As far as the holder may go; it may have fewer.
    std::uint64_t free_count() const { return most() - fresh_ + given_count_ + left_count_; }
    // Those of them that are there.
    std::uint64_t unused_count() const { return held_ - fresh_ + given_count_; }
    // Those that are there, free or not.
    std::uint64_t held_count() const { return held_ - left_count_; }
    // Those that ever were there lie below.
    std::uint64_t held_end() const { return held_; }
    constexpr bool is_shared(FrameIndex) const { return false; } // one service, one Memory

    // Has BATCH frames more, or as many as there are. no_memory: not one, and none is free.
    [[gnu::noinline]] Result<void> hold_more() {
        std::uint64_t wanted = BATCH;
        for (; wanted != 0 && left_count_ != 0 && this->hold(last_left()); --wanted) {
            const FrameIndex back = last_left();
            --left_count_;
            give(back);
        }
        const std::uint64_t end = std::min<std::uint64_t>(most(), held_ + wanted);
        while (held_ < end && this->hold(FrameIndex{held_}))
            ++held_;
        if (unused_count() == 0)
            return std::unexpected(Error::no_memory);
        return {};
    }

private:
    std::uint64_t most() const { return std::min<std::uint64_t>(Holder::most(), given_.size()); }

    // What came last goes first: it is the likeliest to be in a cache.
    [[gnu::noinline]] Result<FrameIndex> take_given_or_hold_more() {
        if (given_count_ == 0)
            TRY(hold_more());
        return given_count_ != 0 ? take_given() : FrameIndex{fresh_++};
    }
    FrameIndex take_given() { return FrameIndex{given_[--given_count_]}; }
    FrameIndex last_left() const { return FrameIndex{given_[given_.size() - left_count_]}; }

    std::uint64_t fresh_ = 0;       // frames from here to held_ - 1 were never taken
    std::uint64_t held_ = 0;        // the first that is not there yet
    std::uint64_t given_count_ = 0; // the first of given_ were given back, and are free
    std::uint64_t left_count_ = 0;  // the last of given_ left, and have no frame behind them
    std::span<std::uint32_t> given_;
};

} // namespace vm
