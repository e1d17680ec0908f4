// Least recently used, by aging: of a few old pages, the one whose last uses are longest ago.
// SPDX-License-Identifier: MIT
//
// A page's age is a byte of history: at each sampling it moves right by one, and the accessed bit
// comes in at the left; so a smaller age is a page unused for longer. True LRU would need a
// note at every access. Only the WINDOW oldest pages are sampled, each time a victim is chosen, and
// those that stay go behind the newest: the work of a choice does not grow with memory, and every
// page is sampled once while the queue goes round.
#pragma once

#include "services/vm/policies/queue.hpp"

namespace vm::lru {

inline constexpr unsigned WINDOW = 8; // pages

constexpr std::uint8_t aged(std::uint8_t age, bool accessed) {
    // lab 3 task 3: hole aged
    return static_cast<std::uint8_t>(age >> 1 | (accessed ? 0x80 : 0));
    // lab 3 end
}

// ring(): nothing can be chosen.
template <ResidentQueue Q>
FrameIndex choose(Q& queue) {
    // lab 3 task 3: hole lru
    FrameIndex victim = queue.ring();
    const FrameIndex last = queue.newest();
    for (unsigned sampled = 0; sampled < WINDOW; ++sampled) {
        const FrameIndex frame = queue.oldest();
        if (frame == queue.ring())
            break;
        queue.set_age(frame, aged(queue.age(frame), queue.test_and_clear_accessed(frame)));
        const bool best = !queue.is_kept(frame) &&
                          (victim == queue.ring() || queue.age(frame) < queue.age(victim));
        if (best)
            victim = frame;
        queue.move_to_newest(frame);
        if (frame == last)
            break;
    }
    return victim;
    // lab 3 end
}

} // namespace vm::lru
