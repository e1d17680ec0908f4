// The disk: requests of environments, one after the other.
// SPDX-License-Identifier: MIT
//
// The driver (services/block/virtio/requests.hpp) has one request under way; others wait here. It
// never sleeps: a request ends by a store into a word that whoever made it named, and nobody is
// entered for that. Frames of both, block and word, are pinned from the beginning to the end.
#pragma once

#include "frames.hpp"

#include "abi/exo/primitives.hpp"
#include "arch/riscv/dma.hpp"
#include "arch/riscv/mmio.hpp"
#include "services/block/virtio/requests.hpp"

#include <optional>

// block::FramePins: here pins are counted in the frames' records, for a request's whole time, so
// the driver's own add nothing but the case of a device that does not answer.
struct DiskPins {
    Result<void> pin(FrameRange frames);
    void unpin(FrameRange frames);
    void unpin_all();
};

struct DiskRequest {
    EnvironmentId owner; // nobody: it has ended since
    virtio::Request request;
    Frame block;   // that it reads or writes; its word's frame, for a flush
    PhysAddr word; // where to say how it ended
};

class DiskQueue {
public:
    // Brings up the machine's disk, if there is one.
    void start(const BootInfo& boot);

    // Takes REQUEST, which was checked: pins its frames. too_many.
    Result<void> add(const DiskRequest& request);
    // The device's interrupt.
    void on_interrupt();
    // OWNER has ended: nobody hears of its requests any more.
    void forget(EnvironmentId owner);

    bool is_there() const { return driver_.has_value(); }
    bool is_busy() const { return count_ != 0; }
    std::uint32_t interrupt() const { return interrupt_; }
    std::uint64_t block_count() const { return driver_ ? driver_->block_count() : 0; }
    bool is_read_only() const { return driver_ && driver_->is_read_only(); }

private:
    DiskRequest& at(std::size_t index) { return requests_[(first_ + index) % requests_.size()]; }
    // Hands the first request to the device; those that it refuses end.
    void submit();
    void finish(const Result<void>& how);

    std::optional<virtio::Requests<DeviceRegisters, DmaPage, DiskPins>> driver_;
    std::uint32_t interrupt_ = 0;
    std::array<DiskRequest, abi::exo::DISK_REQUESTS> requests_{};
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};
