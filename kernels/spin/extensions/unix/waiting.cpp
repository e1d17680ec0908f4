// Events unblock strands, kills end their waits, the terminal's text goes to the console.
// SPDX-License-Identifier: MIT
//
// Before: services/unix, in the middle of another process's call or of a key. Next: back there.
// Where the strand of a `read` that waits had blocked: call_wait in calls.cpp; wake, here, is what
// lets it go on.
#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/machine.hpp"

void WaitQueues::join(unix::Event event, unix::ProcessIndex index) {
    const Stored place = stored(index);
    nexts_[place] = NOBODY;
    if (is_empty(event))
        firsts_[event.number()] = place;
    else
        nexts_[lasts_[event.number()]] = place;
    lasts_[event.number()] = place;
}

std::optional<unix::ProcessIndex> WaitQueues::take(unix::Event event) {
    const Stored place = firsts_[event.number()];
    if (place == NOBODY)
        return std::nullopt;
    firsts_[event.number()] = nexts_[place];
    return unix::ProcessIndex(place - 1U);
}

void WaitQueues::leave(unix::Event event, unix::ProcessIndex index) {
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

void UnixPlacement::wake(unix::Event event) {
    for (std::optional<unix::ProcessIndex> index = personality.waiting.take(event); index;
         index = personality.waiting.take(event)) {
        Process& process = personality.processes[index->number()];
        process.waits_for.reset();
        static_cast<void>(strand_unblock(process.strand)); // it waits
    }
}

// The kernel calls heed_kill (calls.cpp) before the program goes on.
void UnixPlacement::interrupt(unix::ProcessIndex index) {
    Process& process = personality.processes[index.number()];
    process.must_end = true;
    static_cast<void>(strand_notify(process.strand)); // it has not ended
    if (!process.waits_for)
        return; // it does not wait, or for a device
    if (process.waits_for->is_woken())
        personality.waiting.leave(*process.waits_for, index);
    process.waits_for.reset();
    static_cast<void>(strand_unblock(process.strand));
}

void UnixPlacement::put(std::string_view text) { machine_put(text); }
