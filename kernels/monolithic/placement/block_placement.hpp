// Places services/block in the monolithic kernel: one disk for the file system and the swap area.
// SPDX-License-Identifier: MIT
//
// One request at a time: block::Device over the virtio driver, with the lock `disk` around each
// request, so that files and swapping may both wait for it.
#pragma once

#include "kernels/monolithic/threads/lock.hpp"

#include "arch/riscv/dma.hpp"
#include "arch/riscv/mmio.hpp"
#include "services/block/device.hpp"
#include "services/block/virtio/disk.hpp"

#include <optional>

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

using VirtioDisk = virtio::Disk<DeviceRegisters, DmaPage, DiskPins, DiskWait>;

class Disk {
public:
    // Brings up the first virtio disk of those that the device tree names. The words of why there
    // is none.
    std::expected<void, std::string_view> start();

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes);
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes);
    Result<void> flush();
    std::uint64_t block_count() const { return driver_->block_count(); }
    bool is_read_only() const { return driver_->is_read_only(); }

    std::uint32_t interrupt() const { return interrupt_; }
    void on_interrupt();
    bool is_busy() const { return !waiters_.is_empty(); }

private:
    friend struct DiskWait;
    std::optional<VirtioDisk> driver_;
    std::uint32_t interrupt_ = 0;
    SleepingLock lock_;
    WaitQueue waiters_;
};
