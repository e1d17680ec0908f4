// Places services/unix in an extension: over the extension `files`; waiting blocks a strand.
// SPDX-License-Identifier: MIT
//
// The service never waits. It says would_block and names an event; the strand blocks in that
// event's queue (call_wait in waiting.cpp) and makes the call again.
#pragma once

#include "kernels/spin/extensions/unix/linked_files.hpp"

#include "services/unix/system.hpp"
#include "services/unix/wait_queues.hpp"

// unix::Placement (waiting.cpp).
struct UnixPlacement {
    void wake(unix::Event event);
    void interrupt(unix::ProcessIndex index);
    void put(std::string_view text);
};

using UnixSystem = unix::System<LinkedFiles, UnixPlacement>;
