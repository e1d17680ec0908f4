// The frames that a process holds for pages of its program.
// SPDX-License-Identifier: MIT
//
// A frame is called by its index: the slot of its binding, from slots::FRAMES on. vm::Stock holds
// them before they are needed, so that a fault that takes one asks the kernel for nothing but the
// translation itself.
#pragma once

#include "slots.hpp"

#include "lib/address.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/stock.hpp"

#include <array>

// How many frames of the machine are free now.
std::uint64_t free_frames();
// A frame of the machine that was free, behind SLOT, which is. no_memory.
Result<void> take_frame(std::uint64_t slot);
// The same, and through the window it can be reached. Its page table is there.
Result<void> take_frame_in_window(std::uint64_t slot);
// A page table for ADDRESS, if there is none yet. no_memory.
Result<void> have_table(std::uint64_t address);

// Frames for the pages from FIRST to END of the library's own data: a child was given none for what
// its parent had not used yet (fork.cpp). no_memory.
Result<void> have_data(const void* first, const void* end);

class HeldFrames {
public:
    // As vm::FrameHolder. As far as the binding table goes; the machine may have fewer.
    std::uint64_t most() const { return slots::FRAME_COUNT; }
    Result<void> hold(vm::FrameIndex index);

    // Frame INDEX as the library OS sees it, in its window.
    PageBytes bytes(vm::FrameIndex index) const {
        return PageBytes(reinterpret_cast<std::byte*>(slots::window(slots::FRAMES + index.raw())),
                         PAGE_SIZE);
    }
    // In the middle of `hold`: none of those that are there is to go for it.
    bool is_holding() const { return is_holding_; }

private:
    Result<void> provide(vm::FrameIndex index);

    bool is_holding_ = false;
};

// How many are asked for at a time, and given back.
inline constexpr std::size_t FRAMES_AT_ONCE = 8;

// vm::FrameSource.
class ProcessFrames : public vm::Stock<HeldFrames, FRAMES_AT_ONCE> {
public:
    // Where the machine has none left, those that are there.
    std::uint64_t free_count() const {
        return is_short_ ? unused_count() : Stock::free_count() + leaving_count_;
    }
    // Whether the machine has none left for this process, as far as is known.
    bool is_short() const { return is_short_; }
    void note_shortage(bool is_short) { is_short_ = is_short; }
    // Another process binds FRAME, too: the kernel's book says so, to be read without a call.
    bool is_shared(vm::FrameIndex frame) const;
    // A frame that others use is not free when it is given back: its binding ends.
    void give(vm::FrameIndex frame) {
        if (is_ending_) [[unlikely]]
            return;
        if (is_shared(frame)) [[unlikely]]
            let_go(frame);
        else
            Stock::give(frame);
    }
    // Free ones become nobody's, until MOST of this process's own have; how many did.
    std::uint64_t give_back(std::uint64_t most);
    // The environment ends: all that it has the kernel takes, and at once.
    void end() { is_ending_ = true; }
    // In a copy, by fork, of who held them: what was free there is not here.
    void forget_free_ones() {
        while (leave()) {
        }
        for (std::size_t i = 0; i < leaving_count_; ++i)
            note_left(vm::FrameIndex(leaving_[i]));
        leaving_count_ = 0;
    }

private:
    // In batches: until then the other process sees a user more than there is.
    void let_go(vm::FrameIndex frame);
    void let_all_go();

    std::array<std::uint32_t, FRAMES_AT_ONCE> leaving_{};
    std::size_t leaving_count_ = 0;
    bool is_ending_ = false;
    bool is_short_ = false;
};
