// What a replacement policy sees: the queue of resident frames, and which were accessed.
// SPDX-License-Identifier: MIT
//
// The queue starts in the order of loading, oldest first, and is the policies' to reorder. A policy
// is one function, `choose`; all that it samples, it samples in there. docs/virtual-memory.md
// specifies each, so that a simulation of one's own can be held against it.
#pragma once

#include "services/vm/names.hpp"

#include <concepts>

namespace vm {

template <class Q>
concept ResidentQueue = requires(Q& queue, FrameIndex frame, std::uint8_t age) {
    { queue.oldest() } -> std::same_as<FrameIndex>; // ring(): the queue is empty
    { queue.newest() } -> std::same_as<FrameIndex>;
    { queue.newer(frame) } -> std::same_as<FrameIndex>;
    { queue.older(frame) } -> std::same_as<FrameIndex>;
    { queue.ring() } -> std::same_as<FrameIndex>;
    { queue.move_to_newest(frame) } -> std::same_as<void>;
    { queue.move_to_oldest(frame) } -> std::same_as<void>;
    // Whether any translation of it was used since that was last asked.
    { queue.test_and_clear_accessed(frame) } -> std::same_as<bool>;
    // A byte of the policy's own; 0 when the page was loaded.
    { queue.age(frame) } -> std::same_as<std::uint8_t>;
    { queue.set_age(frame, age) } -> std::same_as<void>;
    // The frame that is being copied from: it has to stay.
    { queue.is_kept(frame) } -> std::same_as<bool>;
};

} // namespace vm
