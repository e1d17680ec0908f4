// First in, first out: the page that has been here longest goes.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/policies/queue.hpp"

namespace vm::fifo {

// ring(): nothing can be chosen.
template <ResidentQueue Q>
FrameIndex choose(Q& queue) {
    // lab 3 task 1: hole fifo
    FrameIndex frame = queue.oldest();
    if (queue.is_kept(frame))
        frame = queue.newer(frame);
    return frame;
    // lab 3 end
}

} // namespace vm::fifo
