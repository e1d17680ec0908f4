// Places services/block in a server: registers and queue in mapped pages, blocks in windows.
// SPDX-License-Identifier: MIT
//
// One request at a time, as one loop serves (../disk.cpp). Waiting is a closed receive: who calls
// meanwhile stands in line.
#pragma once

#include "kernels/micro/library/registers.hpp"
#include "kernels/micro/servers/disk/placement/served_block.hpp"

#include "lib/panic.hpp"
#include "services/block/virtio/shared_disk.hpp"

// In ../fence.S.
extern "C" void order_memory_and_devices();

// The request being served, of which there is one.
extern constinit ServedBlock served;

// virtio::DmaMemory: the page that driver and device share.
class SharedPage {
public:
    // PLACE: where the device sees PAGE.
    SharedPage(VirtAddr page, PhysAddr place) : page_(page), place_(place) {}

    std::uint8_t load8(std::uint32_t offset) { return at<std::uint8_t>(offset); }
    std::uint16_t load16(std::uint32_t offset) { return at<std::uint16_t>(offset); }
    std::uint32_t load32(std::uint32_t offset) { return at<std::uint32_t>(offset); }
    void store8(std::uint32_t offset, std::uint8_t value) { at<std::uint8_t>(offset) = value; }
    void store16(std::uint32_t offset, std::uint16_t value) { at<std::uint16_t>(offset) = value; }
    void store32(std::uint32_t offset, std::uint32_t value) { at<std::uint32_t>(offset) = value; }
    void store64(std::uint32_t offset, std::uint64_t value) { at<std::uint64_t>(offset) = value; }

    void order() { order_memory_and_devices(); }

    PhysAddr start() const { return place_; }
    // Whatever address the bytes have, it is one in the caller's memory and says nothing here: they
    // are the window of who is being served.
    Result<PhysAddr> address_of(block::ConstBlockBytes) { return served.pin(); }

private:
    template <class T>
    volatile T& at(std::uint32_t offset) {
        if (offset > PAGE_SIZE - sizeof(T) || offset % sizeof(T) != 0)
            panic("the driver left its page");
        return *reinterpret_cast<volatile T*>((page_ + offset).raw());
    }

    VirtAddr page_;
    PhysAddr place_;
};

// block::FramePins: address_of has pinned the frame already, and this is when the device is told.
struct DiskPins {
    Result<void> pin(FrameRange) {
        served.tell();
        return {};
    }
    void unpin(FrameRange) { served.let_go(); }
    void unpin_all() { served.let_go(); }
};

// virtio::Wait: for the device's interrupt, and for nobody who calls.
struct DiskWait {
    void wait();
};

// virtio::Slot.
struct RegisterSlot {
    VirtAddr registers;
    std::uint32_t interrupt; // source
};

using Disk = virtio::SharedDisk<RegisterPage, SharedPage, DiskPins, DiskWait, io::NoLock>;
