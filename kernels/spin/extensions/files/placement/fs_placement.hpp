// Places services/fs in an extension: over the trusted driver, for programs and for mapped files.
// SPDX-License-Identifier: MIT
//
// Entered with the lock `files` held, also while it waits for the disk. Who calls, all through
// OverFs, which takes the lock: the extensions unix and pager (interface/files.hpp).
#pragma once

#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/lock.hpp"

#include "services/block/device.hpp"
#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"

// Module Disk, as block::Device.
struct Disk {
    Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        return disk_read(number.raw(), bytes);
    }
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        return disk_write(number.raw(), bytes);
    }
    Result<void> flush() { return disk_flush(); }
    std::uint64_t block_count() const { return disk_block_count(); }
};
static_assert(block::Device<Disk>);

using FileSystem = fs::FileSystem<Disk>;
using Files = unix::OverFs<FileSystem, fs::InodeRef, spin::SleepingLock>;
