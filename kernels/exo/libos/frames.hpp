// Frames that the library OS holds: allocated by name, bound, and mapped where it can fill them.
// SPDX-License-Identifier: MIT
//
// A frame is called by the slot of its binding. vm::Stock holds them before they are needed, so
// that a fault that takes one asks the kernel for nothing but the translation itself.
#pragma once

#include "abi/address_map.h"
#include "abi/exo/primitives.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

class HeldFrames {
public:
    // As vm::FrameHolder. As far as the binding table goes; the machine may have fewer.
    std::uint64_t most() const { return abi::exo::BINDINGS; }
    // Asks the kernel for one frame after the other until it gets one.
    Result<void> hold(vm::FrameIndex slot);

    // Frame SLOT as the library OS sees it, in its window.
    PageBytes bytes(vm::FrameIndex slot) const {
        return PageBytes(reinterpret_cast<std::byte*>(EXO_WINDOW + slot.raw() * PAGE_SIZE),
                         PAGE_SIZE);
    }

private:
    std::uint64_t candidates_ = 0; // how many of the machine's frames were asked for
};
