// Places services/block in the SPIN kernel: the driver is the kernel's, its users are extensions.
// SPDX-License-Identifier: MIT
//
// One request at a time: block::Device over the virtio driver, with a lock around each request.
// Whoever waits here is a strand with an extension's calls on its stack, and may be given up with
// them at any moment (fall.cpp).
#pragma once

#include "kernels/spin/strand_lock.hpp"

#include "arch/riscv/dma.hpp"
#include "arch/riscv/mmio.hpp"
#include "services/block/virtio/shared_disk.hpp"

// virtio::Wait: the strand that asked is blocked until the device's interrupt (devices.cpp).
struct DiskWait {
    void wait();
};

// block::FramePins: what the disk may reach is not free, whoever gives it back (frames.hpp).
struct DiskPins {
    Result<void> pin(FrameRange frames);
    void unpin(FrameRange frames);
    void unpin_all();
};

// The page that driver and device share, and what of all memory extensions may name to the disk.
class DiskMemory : public DmaPage {
public:
    using DmaPage::DmaPage;
    // Where a device sees BYTES: a whole frame that is lent to an extension, or a page of an
    // extension's own that it may write. invalid: any other memory.
    Result<PhysAddr> address_of(std::span<const std::byte, PAGE_SIZE> bytes) const;
};

using VirtioDisk = virtio::SharedDisk<DeviceRegisters, DiskMemory, DiskPins, DiskWait, StrandLock>;

class Disk : public VirtioDisk {
public:
    // Brings up the machine's disk. The words of why there is none.
    std::expected<void, std::string_view> start();

    // It was brought up: there is none for who needs none (load_personality in boot.cpp).
    bool is_there() const { return interrupt() != 0; }

    // The device's interrupt was acknowledged: whoever waits for it looks again.
    void wake();
    // Somebody waits for the device.
    bool is_busy() const { return waiter_ != nullptr; }
    // What STRAND called is forgotten: it neither waits here nor has its turn any more.
    void forget(const Strand& strand);

private:
    friend struct DiskWait;
    Strand* waiter_ = nullptr; // for the device's interrupt; whose turn it is
};

extern template class virtio::SharedDisk<DeviceRegisters, DiskMemory, DiskPins, DiskWait,
                                         StrandLock>; // disk.cpp
