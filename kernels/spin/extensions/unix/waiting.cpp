// Where the strand of a call waits (call_wait), and who wakes it (wake); the terminal's text.
// SPDX-License-Identifier: MIT
//
// Before: call_serve in calls.cpp, where there is no answer yet; services/unix, in the middle of a
// call of somebody else's. Next: back there.
#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/machine.hpp"

#include "services/calls/serve.hpp"

void UnixPlacement::wake(unix::Event event) {
    for (std::optional<unix::ProcessIndex> index = personality.waiting.take(event); index;
         index = personality.waiting.take(event)) {
        Process& process = process_at(*index);
        process.waits_for.reset();
        static_cast<void>(strand_unblock(process.strand)); // it waits
    }
}

// The kernel calls heed_kill (calls.cpp) before the program goes on.
void UnixPlacement::interrupt(unix::ProcessIndex index) {
    Process& process = process_at(index);
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

namespace {

// The strand blocks, here, until EVENT happened, or PROCESS was killed.
void wait_for(Process& process, unix::Event event, std::uint64_t deadline) {
    process.waits_for = event;
    if (event.is_woken()) {
        personality.waiting.join(event, process.number);
        while (process.waits_for)
            MUST(strand_block(process.strand));
    } else {
        strand_block_until(deadline);
        process.waits_for.reset();
    }
}

} // namespace

// There is no answer yet: until what the service named has happened.
extern "C" [[gnu::noipa]] void call_wait(Process& process, call::Request request) {
    const unix::Event event = personality.system.awaited(process.number);
    if (event == unix::Event::turn())
        strand_pause();
    else
        wait_for(process, event, request.done());
}

std::uint64_t serve_after_waiting(Process& process, call::Request request) {
    for (;;) {
        call_wait(process, request);
        const call::Answer answer = call::serve(process, request);
        if (!answer.must_wait())
            return answer.raw();
    }
}
