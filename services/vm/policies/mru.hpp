// Most recently used goes: for a program that walks in circles over more than there is.
// SPDX-License-Identifier: MIT
//
// In such a walk the page just used is the one that is needed last. Most recently used is taken to
// mean most recently loaded, but for the SPARED newest pages: an instruction may need four pages at
// once (two to be fetched from, two to access), and would never get them all otherwise. So all
// frames but SPARED and one keep their pages, and the rest of the walk goes through these few.
// Pages that are used again and again while they are spared (code, stack) are no part of the walk:
// they go to the old end.
#pragma once

#include "services/vm/policies/queue.hpp"

namespace vm::mru {

inline constexpr unsigned SPARED = 4; // pages
enum Age : std::uint8_t { fresh, sampled, hot };

// Samples FRAME, one of the newest. It was accessed when it was loaded, which says nothing.
template <ResidentQueue Q>
void sample(Q& queue, FrameIndex frame) {
    const bool accessed = queue.test_and_clear_accessed(frame);
    if (queue.age(frame) == fresh)
        queue.set_age(frame, sampled);
    else if (accessed)
        queue.set_age(frame, hot);
}

// ring(): nothing can be chosen.
template <ResidentQueue Q>
FrameIndex choose(Q& queue) {
    FrameIndex frame = queue.newest();
    for (unsigned i = 0; i < SPARED && frame != queue.ring(); ++i, frame = queue.older(frame))
        sample(queue, frame);
    // Hot ones are few: no more can become so in a choice than were spared in the last.
    while (frame != queue.ring() && (queue.is_kept(frame) || queue.age(frame) == hot)) {
        const FrameIndex next = queue.older(frame);
        if (queue.age(frame) == hot) {
            queue.set_age(frame, sampled);
            queue.move_to_oldest(frame);
        }
        frame = next;
    }
    if (frame != queue.ring())
        return frame;
    // lab 3 task 1: hole mru-oldest
    frame = queue.oldest();
    if (queue.is_kept(frame))
        frame = queue.newer(frame);
    // lab 3 end
    return frame;
}

} // namespace vm::mru
