// Places services/fs in the monolithic kernel: over the disk, for programs and for mapped files.
// SPDX-License-Identifier: MIT
//
// Entered with the lock `files` held, also while it waits for the disk. Who calls, all through
// Files, which takes the lock: services/unix, services/calls, and virtual memory (paging.cpp).
#pragma once

#include "block_placement.hpp"

#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"

using FileSystem = fs::FileSystem<Disk>;
using Files = unix::OverFs<FileSystem, fs::InodeRef, SleepingLock>;
