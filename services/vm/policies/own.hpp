// A policy of one's own: what stands here is chosen by `policy=own`.
// SPDX-License-Identifier: MIT
//
// The place to try an idea and to hold it against the others. Like each of them it is one function,
// `choose`, which looks at the queue only when a victim is needed.
#pragma once

#include "services/vm/policies/queue.hpp"
// lab 3 task 5: hole own
#include "services/vm/policies/clock.hpp"

// Clock, in which the access that loaded a page earns no second chance. A page is loaded to be used
// once, and clock takes that use for a sign that it is in demand: pages that are used a single time
// each push out those that are used now and again. So the pages loaded since the last choice (they
// stand at the newest end, with age 0) lose their accessed bit first; then it is clock's turn.
// What is used twice, but the second time only when many others have been loaded, fares worse.
namespace vm::own {

enum Age : std::uint8_t { loaded, on_trial };

// ring(): nothing can be chosen.
template <ResidentQueue Q>
FrameIndex choose(Q& queue) {
    FrameIndex frame = queue.newest();
    while (frame != queue.ring() && queue.age(frame) == loaded) {
        queue.set_age(frame, on_trial);
        if (!queue.is_kept(frame))
            queue.test_and_clear_accessed(frame);
        frame = queue.older(frame);
    }
    return clock::choose(queue);
}

} // namespace vm::own
// lab 3 end
