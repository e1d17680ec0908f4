// Queues through the processes' numbers.
// SPDX-License-Identifier: MIT
//
// Before: a placement's wait and wake.
#include "services/unix/wait_queues.hpp"

namespace unix {

void WaitQueues::join(Event event, ProcessIndex index) {
    const Stored place = stored(index);
    nexts_[place] = NOBODY;
    if (is_empty(event))
        firsts_[event.number()] = place;
    else
        nexts_[lasts_[event.number()]] = place;
    lasts_[event.number()] = place;
}

std::optional<ProcessIndex> WaitQueues::take(Event event) {
    const Stored place = firsts_[event.number()];
    if (place == NOBODY)
        return std::nullopt;
    firsts_[event.number()] = nexts_[place];
    return ProcessIndex(place - 1U);
}

void WaitQueues::leave(Event event, ProcessIndex index) {
    Stored before = NOBODY;
    Stored at = firsts_[event.number()];
    while (at != NOBODY && at != stored(index)) {
        before = at;
        at = nexts_[at];
    }
    if (at == NOBODY)
        return;
    if (before == NOBODY)
        firsts_[event.number()] = nexts_[at];
    else
        nexts_[before] = nexts_[at];
    if (lasts_[event.number()] == at)
        lasts_[event.number()] = before;
}

} // namespace unix
