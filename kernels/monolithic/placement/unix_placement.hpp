// Places services/unix in the monolithic kernel: waiting is a queue of threads for each event.
// SPDX-License-Identifier: MIT
//
// The service never waits. It says would_block and names an event; the thread sleeps in that
// event's queue (call_wait in syscall.cpp) and makes the call again.
#pragma once

#include "fs_placement.hpp"

#include "services/unix/system.hpp"

// unix::Placement (waiting.cpp).
struct UnixPlacement {
    void wake(unix::Event event);
    void interrupt(unix::ProcessIndex index);
    void put(std::string_view text);
};

using UnixSystem = unix::System<Files, UnixPlacement>;
