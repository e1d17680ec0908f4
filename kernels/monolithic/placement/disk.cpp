// The disk: what it waits with, and what it may reach.
// SPDX-License-Identifier: MIT
//
// Before: the file system's cache, and swapping. Next: services/block/virtio
// (shared_disk.hpp).
#include "block_placement.hpp"

#include "kernels/monolithic/kernel.hpp"

inline Result<void> DiskPins::pin(FrameRange frames) { return kernel.memory.frames.pin(frames); }
inline void DiskPins::unpin(FrameRange frames) { kernel.memory.frames.unpin(frames); }
inline void DiskPins::unpin_all() { kernel.memory.frames.unpin_all(); }

void DiskWait::wait() { sleep_in(kernel.disk.waiters_); }

template class virtio::SharedDisk<DeviceRegisters, DmaPage, DiskPins, DiskWait, SleepingLock>;

std::expected<void, std::string_view> Disk::start() {
    const DmaPage memory(MUST(kernel.memory.frames.take_zeroed())); // all memory is free yet
    return VirtioDisk::start(kernel.boot.virtio_slots(), registers_of, memory);
}

void Disk::on_interrupt() {
    acknowledge();
    wake_all(waiters_);
}
