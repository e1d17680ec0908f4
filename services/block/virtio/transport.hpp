// A virtio device behind registers in memory: finding it, agreeing on features, giving it a queue.
// SPDX-License-Identifier: MIT
//
// Virtual I/O Device (VIRTIO) Version 1.2, sections 2.1 "Device Status Field", 3.1 "Device
// Initialization" and 4.2 "Virtio Over MMIO". Before: disk.hpp with a slot that the device tree
// names. The steps are called in the order in which they stand here.
#pragma once

#include "services/block/virtio/concepts.hpp"
#include "services/block/virtio/refusal.hpp"

namespace virtio {

// 4.2.2, "MMIO Device Register Layout".
namespace reg {
inline constexpr std::uint32_t MAGIC = 0x000;
inline constexpr std::uint32_t VERSION = 0x004;
inline constexpr std::uint32_t DEVICE_ID = 0x008;
inline constexpr std::uint32_t DEVICE_FEATURES = 0x010;
inline constexpr std::uint32_t DEVICE_FEATURES_SELECT = 0x014;
inline constexpr std::uint32_t DRIVER_FEATURES = 0x020;
inline constexpr std::uint32_t DRIVER_FEATURES_SELECT = 0x024;
inline constexpr std::uint32_t QUEUE_SELECT = 0x030;
inline constexpr std::uint32_t QUEUE_SIZE_MAX = 0x034;
inline constexpr std::uint32_t QUEUE_SIZE = 0x038;
inline constexpr std::uint32_t QUEUE_READY = 0x044;
inline constexpr std::uint32_t QUEUE_NOTIFY = 0x050;
inline constexpr std::uint32_t INTERRUPT_STATUS = 0x060;
inline constexpr std::uint32_t INTERRUPT_ACKNOWLEDGE = 0x064;
inline constexpr std::uint32_t STATUS = 0x070;
inline constexpr std::uint32_t QUEUE_DESCRIPTORS = 0x080; // the lower half; the upper follows
inline constexpr std::uint32_t QUEUE_AVAILABLE = 0x090;
inline constexpr std::uint32_t QUEUE_USED = 0x0a0;
inline constexpr std::uint32_t CONFIGURATION_GENERATION = 0x0fc;
inline constexpr std::uint32_t CONFIGURATION = 0x100;
} // namespace reg

inline constexpr std::uint32_t MAGIC_VALUE = 0x74726976; // "virt"
inline constexpr std::uint32_t MODERN = 2;               // a legacy device has version 1

// 2.1
namespace status {
inline constexpr std::uint32_t ACKNOWLEDGE = 1;
inline constexpr std::uint32_t DRIVER = 2;
inline constexpr std::uint32_t DRIVER_OK = 4;
inline constexpr std::uint32_t FEATURES_OK = 8;
inline constexpr std::uint32_t NEEDS_RESET = 64;
} // namespace status

// 4.2.2.1, InterruptStatus
namespace interrupt {
inline constexpr std::uint32_t USED_BUFFER = 1;
inline constexpr std::uint32_t CONFIGURATION_CHANGE = 2;
} // namespace interrupt

inline constexpr std::uint64_t FEATURE_VERSION_1 = 1ULL << 32; // 6, "Reserved Feature Bits"

// Where the three parts of a queue lie (2.7, "Split Virtqueues").
struct QueuePlaces {
    std::uint32_t size; // descriptors
    PhysAddr descriptors;
    PhysAddr available;
    PhysAddr used;
};

template <Registers R>
class Transport {
public:
    explicit Transport(R registers) : registers_(registers) {}

    // Is there a modern device of the kind DEVICE_ID (5, "Device Types")?
    Started<void> identify(std::uint32_t device_id) {
        if (registers_.load(reg::MAGIC) != MAGIC_VALUE)
            return std::unexpected(Refusal::not_virtio);
        const std::uint32_t id = registers_.load(reg::DEVICE_ID);
        if (id == 0) // 4.2.2.1: a slot without a device
            return std::unexpected(Refusal::empty_slot);
        if (id != device_id)
            return std::unexpected(Refusal::not_a_disk);
        if (registers_.load(reg::VERSION) != MODERN)
            return std::unexpected(Refusal::legacy);
        return {};
    }

    // 3.1.1, steps 1 to 6: resets the device and agrees on those of WANTED that it offers, which
    // are returned, and on version 1.
    Started<std::uint64_t> negotiate(std::uint64_t wanted) {
        if (!reset())
            return std::unexpected(Refusal::no_reset);
        add_status(status::ACKNOWLEDGE);
        add_status(status::DRIVER);
        const std::uint64_t agreed = offered_features() & (wanted | FEATURE_VERSION_1);
        if ((agreed & FEATURE_VERSION_1) == 0)
            return std::unexpected(Refusal::no_version_1);
        accept_features(agreed);
        add_status(status::FEATURES_OK);
        if ((registers_.load(reg::STATUS) & status::FEATURES_OK) == 0)
            return std::unexpected(Refusal::features_refused);
        return agreed;
    }

    // 4.2.3.2, "Virtqueue Configuration": the device's first queue.
    Started<void> give_queue(const QueuePlaces& places) {
        registers_.store(reg::QUEUE_SELECT, 0);
        if (registers_.load(reg::QUEUE_READY) != 0)
            return std::unexpected(Refusal::queue_in_use);
        const std::uint32_t most = registers_.load(reg::QUEUE_SIZE_MAX);
        if (most == 0)
            return std::unexpected(Refusal::no_queue);
        if (most < places.size)
            return std::unexpected(Refusal::queue_too_small);
        registers_.store(reg::QUEUE_SIZE, places.size);
        store_address(reg::QUEUE_DESCRIPTORS, places.descriptors);
        store_address(reg::QUEUE_AVAILABLE, places.available);
        store_address(reg::QUEUE_USED, places.used);
        registers_.store(reg::QUEUE_READY, 1);
        return {};
    }

    // A 64-bit field of the device's configuration, whose halves were read at one time (2.5.1).
    Started<std::uint64_t> configuration64(std::uint32_t offset) {
        constexpr unsigned TRIES = 8;
        for (unsigned i = 0; i < TRIES; ++i) {
            const std::uint32_t before = registers_.load(reg::CONFIGURATION_GENERATION);
            const std::uint64_t low = registers_.load(reg::CONFIGURATION + offset);
            const std::uint64_t high = registers_.load(reg::CONFIGURATION + offset + 4);
            if (registers_.load(reg::CONFIGURATION_GENERATION) == before)
                return high << 32 | low;
        }
        return std::unexpected(Refusal::unstable_capacity);
    }

    // 3.1.1, step 8: from now on the device may work.
    void go() { add_status(status::DRIVER_OK); }

    // 4.2.3.3: there is something new in the first queue.
    void notify() { registers_.store(reg::QUEUE_NOTIFY, 0); }

    // Takes note of the device's interrupts and returns them (namespace interrupt).
    std::uint32_t acknowledge() {
        const std::uint32_t raised = registers_.load(reg::INTERRUPT_STATUS);
        registers_.store(reg::INTERRUPT_ACKNOWLEDGE, raised);
        return raised;
    }

    bool needs_reset() { return (registers_.load(reg::STATUS) & status::NEEDS_RESET) != 0; }

    // 2.4, "Device Reset". Is it done? Only then does the device leave memory alone: it
    // reinitialises its status to 0 when it is (2.4.1), and the driver waits for that (2.4.2), here
    // for a while. No: ask again.
    bool reset() {
        constexpr unsigned TRIES = 1000;
        registers_.store(reg::STATUS, 0);
        for (unsigned i = 0; i < TRIES; ++i)
            if (registers_.load(reg::STATUS) == 0)
                return true;
        return false;
    }

private:
    void add_status(std::uint32_t bit) {
        registers_.store(reg::STATUS, registers_.load(reg::STATUS) | bit);
    }

    std::uint64_t offered_features() {
        registers_.store(reg::DEVICE_FEATURES_SELECT, 0);
        const std::uint64_t low = registers_.load(reg::DEVICE_FEATURES);
        registers_.store(reg::DEVICE_FEATURES_SELECT, 1);
        const std::uint64_t high = registers_.load(reg::DEVICE_FEATURES);
        return high << 32 | low;
    }

    void accept_features(std::uint64_t features) {
        registers_.store(reg::DRIVER_FEATURES_SELECT, 0);
        registers_.store(reg::DRIVER_FEATURES, static_cast<std::uint32_t>(features));
        registers_.store(reg::DRIVER_FEATURES_SELECT, 1);
        registers_.store(reg::DRIVER_FEATURES, static_cast<std::uint32_t>(features >> 32));
    }

    void store_address(std::uint32_t offset, PhysAddr address) {
        registers_.store(offset, static_cast<std::uint32_t>(address.raw()));
        registers_.store(offset + 4, static_cast<std::uint32_t>(address.raw() >> 32));
    }

    R registers_;
};

} // namespace virtio
