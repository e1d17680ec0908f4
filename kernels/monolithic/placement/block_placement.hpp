// Places services/block in the monolithic kernel: one disk for the file system and the swap area.
// SPDX-License-Identifier: MIT
//
// One request at a time: block::Device over the virtio driver, with the lock `disk` around each
// request, so that files and swapping may both wait for it.
#pragma once

#include "kernels/monolithic/threads/lock.hpp"

#include "arch/riscv/dma.hpp"
#include "arch/riscv/mmio.hpp"
#include "services/block/virtio/shared_disk.hpp"

// virtio::Wait: the thread that asked sleeps until the device's interrupt (devices.cpp).
struct DiskWait {
    void wait();
};

// block::FramePins: what the disk may reach is not free, whoever gives it back (frames.hpp).
struct DiskPins {
    Result<void> pin(FrameRange frames);
    void unpin(FrameRange frames);
    void unpin_all();
};

using VirtioDisk = virtio::SharedDisk<DeviceRegisters, DmaPage, DiskPins, DiskWait, SleepingLock>;

class Disk : public VirtioDisk {
public:
    // Brings up the machine's disk. The words of why there is none.
    std::expected<void, std::string_view> start();

    void on_interrupt();
    bool is_busy() const { return !waiters_.is_empty(); }

private:
    friend struct DiskWait;
    WaitQueue waiters_;
};

extern template class virtio::SharedDisk<DeviceRegisters, DmaPage, DiskPins, DiskWait,
                                         SleepingLock>; // disk.cpp
