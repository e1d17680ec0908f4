// Where pipes, the terminal and kills meet the kernel: waiting for what services/unix waits for.
// SPDX-License-Identifier: MIT
//
// The service never waits. It says would_block and names an event; the thread sleeps in that
// event's queue and makes the call again.
#pragma once

#include "kernel.hpp"
#include "schedule.hpp"

// The result of call(), made as often as it says would_block; between two tries PROCESS sleeps
// until the event comes that it waits for. interrupted: it was killed meanwhile.
template <class Call>
auto repeat_until_possible(Process& process, Call call) {
    for (;;) {
        auto result = call();
        if (result || result.error() != Error::would_block) [[likely]]
            return result;
        const unix::Event event = kernel.system.awaited(process.index());
        sleep_in(kernel.events[event.number()], Thread::Sleep::until_woken_or_killed);
    }
}
