// Frames that the library OS holds: allocated by name, bound, and mapped where it can fill them.
// SPDX-License-Identifier: MIT
//
// As the frame source of services/vm it calls a frame by the slot of its binding. Frames are held
// before they are needed, so that a fault that takes one asks the kernel for nothing but the
// translation itself.
#pragma once

#include "abi/address_map.h"
#include "abi/exo/primitives.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

class HeldFrames {
public:
    // A frame with any contents. no_memory: none is held, and the machine has none left, or the
    // table no slot.
    Result<vm::FrameIndex> take() {
        if (next_ == held_) [[unlikely]]
            return take_listed_or_hold_more();
        return vm::FrameIndex(next_++);
    }
    void give(vm::FrameIndex slot) {
        link_in(slot) = first_listed_;
        first_listed_ = slot;
        ++listed_;
    }
    // As far as the binding table goes; the machine may have fewer.
    std::uint64_t free_count() const { return abi::exo::BINDINGS - next_ + listed_; }
    constexpr bool is_shared(vm::FrameIndex) const { return false; } // one service, one Memory

    // Frame SLOT as the library OS sees it, in its window.
    PageBytes bytes(vm::FrameIndex slot) const {
        return PageBytes(reinterpret_cast<std::byte*>(EXO_WINDOW + slot.raw() * PAGE_SIZE),
                         PAGE_SIZE);
    }

    // Asks the kernel for BATCH frames more, or as many as there are. no_memory: not one.
    Result<void> hold_more();

private:
    static constexpr std::uint64_t BATCH = 64;
    [[gnu::noinline, gnu::cold]] Result<vm::FrameIndex> take_listed_or_hold_more();
    // The first word of a frame that was given back: the next one.
    vm::FrameIndex& link_in(vm::FrameIndex slot) const {
        return *reinterpret_cast<vm::FrameIndex*>(bytes(slot).data());
    }
    Result<void> hold(Frame frame);

    std::uint64_t next_ = 0;       // the first slot that holds a frame nobody uses
    std::uint64_t held_ = 0;       // the first slot that holds none
    std::uint64_t candidates_ = 0; // how many of the machine's frames were asked for
    std::uint64_t listed_ = 0;     // how many were given back
    vm::FrameIndex first_listed_;  // meaningful while listed_ is not 0
};
