// Clock (second chance): the oldest page goes that was not used since the hand last passed it.
// SPDX-License-Identifier: MIT
//
// F. J. Corbato, "A paging experiment with the Multics system" (1968). The queue is the clock's
// face, its oldest end the hand: a page that was used goes behind the newest.
#pragma once

#include "services/vm/policies/queue.hpp"

namespace vm::clock {

// ring(): nothing can be chosen.
template <ResidentQueue Q>
FrameIndex choose(Q& queue) {
    // lab 3 task 2: hole clock
    // When it comes to LAST again, every accessed bit has been cleared: it ends in a second round.
    const FrameIndex last = queue.newest();
    for (FrameIndex frame = queue.oldest(); frame != queue.ring(); frame = queue.oldest()) {
        const bool used = queue.is_kept(frame) || queue.test_and_clear_accessed(frame);
        if (!used)
            return frame;
        queue.move_to_newest(frame);
        if (frame == last)
            break;
    }
    FrameIndex frame = queue.oldest();
    if (queue.is_kept(frame))
        frame = queue.newer(frame);
    return frame;
    // lab 3 end
}

} // namespace vm::clock
