// Places services/unix in a server: over the file server; waiting is a place in a queue.
// SPDX-License-Identifier: MIT
//
// The service never waits. It says would_block and names an event; the request stays with its
// process, which stands in that event's queue (call_wait in waiting.cpp), and the loop serves it
// again.
#pragma once

#include "kernels/micro/servers/files/client.hpp"

#include "services/unix/system.hpp"

// unix::Placement (waiting.cpp, terminal.cpp).
struct UnixPlacement {
    void wake(unix::Event event);
    void interrupt(unix::ProcessIndex index);
    void put(std::string_view text);
};

using UnixSystem = unix::System<files::Client, UnixPlacement>;
