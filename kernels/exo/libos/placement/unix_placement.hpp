// What UNIX and files stand over in ExOS: words in the shared section.
// SPDX-License-Identifier: MIT
//
// The service never waits. It says would_block and names an event; the process waits for that
// event's word to change (call_wait in calls.cpp) and makes the call again.
#pragma once

#include "kernels/exo/libos/disk.hpp"
#include "kernels/exo/libos/lock.hpp"

#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"
#include "services/unix/system.hpp"

using FileSystem = fs::FileSystem<Disk>;
using Files = unix::OverFs<FileSystem, fs::InodeRef, Lock>;

// unix::Placement (waiting.cpp).
struct UnixPlacement {
    void wake(unix::Event event);
    void interrupt(unix::ProcessIndex index);
    void put(std::string_view text);
};

using UnixSystem = unix::System<Files, UnixPlacement>;
