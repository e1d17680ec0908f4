// Where the file system is placed: services/fs over the disk, for programs and for mapped files.
// SPDX-License-Identifier: MIT
//
// Entered with the lock `files` held, also while it waits for the disk. Who calls: services/unix
// and exec through Files, which takes the lock; virtual memory (paging.cpp), which takes it itself.
#pragma once

#include "disk.hpp"
#include "lock.hpp"

#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"

using FileSystem = fs::FileSystem<Disk>;
using Files = unix::OverFs<FileSystem, fs::InodeRef, SleepingLock>;
