// Places services/fs in a server: over the block driver, for programs and for mapped files.
// SPDX-License-Identifier: MIT
//
// Entered by the one loop of ../files.cpp, also while it waits for the disk: so there is no lock.
#pragma once

#include "kernels/micro/servers/disk/client.hpp"

#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"

using FileSystem = fs::FileSystem<disk::Client>;
using Files = unix::OverFs<FileSystem, fs::InodeRef, io::NoLock>;
