// Where virtual memory is placed: its tables, and the beginnings and ends of address spaces.
// SPDX-License-Identifier: MIT
#pragma once

#include "frames.hpp"

#include "services/vm/memory.hpp"

// COUNT objects of type T in frames of their own, with whatever was there. no_memory.
template <class T>
Result<std::span<T>> take_table(Frames& frames, std::uint64_t count) {
    const FrameRange range = TRY(frames.take_range(pages_to_hold(count * sizeof(T))));
    return std::span(reinterpret_cast<T*>(direct_map(range.first.start()).raw()), count);
}

// Takes frames for the service's tables and sets it up. The file system is mounted: its layout
// tells where swapping may go. no_memory; invalid: the configuration.
Result<void> place_memory(const vm::Configuration& configuration);

// Ends SPACE, which is nobody's any more, nor in force; everything in it is given back.
// discard_space: the lock `memory` is held.
void discard_space(vm::SpaceId space);
void give_up_space(vm::SpaceId space);

// The boot thread's second life: keeps frames free, so that faults need not wait for an eviction.
[[noreturn]] void page_out_daemon();
