// Finding the disk, and its requests one after the other.
// SPDX-License-Identifier: MIT
//
// Before: the file system's cache, and swapping. Next: services/block/virtio.
#include "block_placement.hpp"

#include "kernels/monolithic/kernel.hpp"

inline Result<void> DiskPins::pin(FrameRange frames) { return kernel.memory.frames.pin(frames); }
inline void DiskPins::unpin(FrameRange frames) { kernel.memory.frames.unpin(frames); }
inline void DiskPins::unpin_all() { kernel.memory.frames.unpin_all(); }

void DiskWait::wait() { sleep_in(kernel.disk.waiters_); }

std::expected<void, std::string_view> Disk::start() {
    const DmaPage memory(MUST(kernel.memory.frames.take_zeroed())); // all memory is free yet
    std::string_view why = "there is no disk; start QEMU with -drive "
                           "file=disk.img,if=none,format=raw,id=disk "
                           "-device virtio-blk-device,drive=disk";
    for (std::size_t i = 0; i < kernel.boot.virtio_count; ++i) {
        const DeviceInfo& slot = kernel.boot.virtio[i];
        driver_.emplace(DeviceRegisters(slot.registers.start), memory, DiskPins{}, DiskWait{});
        const virtio::Started<void> started = driver_->start();
        if (started) {
            interrupt_ = slot.interrupt;
            return {};
        }
        const bool another_device = started.error() == virtio::Refusal::empty_slot ||
                                    started.error() == virtio::Refusal::not_a_disk;
        if (!another_device)
            why = virtio::to_words(started.error());
    }
    return std::unexpected(why);
}

Result<void> Disk::read(block::BlockNumber number, block::BlockBytes bytes) {
    const io::Turn disk(lock_);
    return driver_->read(number, bytes);
}

Result<void> Disk::write(block::BlockNumber number, block::ConstBlockBytes bytes) {
    const io::Turn disk(lock_);
    return driver_->write(number, bytes);
}

Result<void> Disk::flush() {
    const io::Turn disk(lock_);
    return driver_->flush();
}

void Disk::on_interrupt() {
    driver_->on_interrupt();
    wake_all(waiters_);
}
