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

class HeldFrames {
public:
    using Name = std::uint64_t; // slot of the binding table

    // A frame with any contents. no_memory: none is held, and the machine has none left, or the
    // table no slot.
    Result<Name> take() {
        if (next_ == held_) [[unlikely]]
            return take_after_holding_more();
        return next_++;
    }

    // Frame SLOT as the library OS sees it, in its window.
    PageBytes bytes(Name slot) const {
        return PageBytes(reinterpret_cast<std::byte*>(EXO_WINDOW + slot * PAGE_SIZE), PAGE_SIZE);
    }

    // Asks the kernel for BATCH frames more, or as many as there are. no_memory: not one.
    Result<void> hold_more();

private:
    static constexpr std::uint64_t BATCH = 64;
    [[gnu::noinline, gnu::cold]] Result<Name> take_after_holding_more();
    Result<void> hold(Frame frame);

    std::uint64_t next_ = 0;       // the first slot that holds a frame nobody uses
    std::uint64_t held_ = 0;       // the first slot that holds none
    std::uint64_t candidates_ = 0; // how many of the machine's frames were asked for
};
