// A virtio disk of the tests' own making behind the driver's concepts, honest or not.
// SPDX-License-Identifier: MIT
//
// It keeps to VIRTIO 1.2 where `Manners` says nothing else, looks at the queue as a device does (by
// addresses, which are the host's here), and refuses to follow one that it was not shown. Used by
// virtio_disk_test.cpp.
#pragma once

#include "services/block/virtio/disk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <map>
#include <random>
#include <vector>

namespace virtio_test {

using Block = std::array<std::byte, PAGE_SIZE>;

inline std::uint64_t address_of(const void* object) {
    return reinterpret_cast<std::uint64_t>(object);
}

// What a device may do differently from what the driver hopes for.
struct Manners {
    std::uint32_t magic = virtio::MAGIC_VALUE;
    std::uint32_t version = 2;
    std::uint32_t id = 2;
    std::uint64_t features = virtio::FEATURE_VERSION_1 | virtio::FEATURE_FLUSH | 1ULL << 28;
    std::uint64_t sectors = 8 * 16;
    std::uint32_t queue_size_max = 1024;
    std::uint32_t queue_ready = 0;
    bool accepts_features = true;
    bool resets = true;
    unsigned late_reset = 0;     // readings of the status before it says that the device is reset
    unsigned unstable_reads = 0; // of the configuration, before it stays the same
    unsigned late = 0;           // interrupts without an answer before each answer
    std::uint8_t status = 0;     // of every request
    bool writes_status = true;
    // Spoils an answer: the used ring's index, and its entry.
    std::function<void(std::uint16_t& index, std::uint32_t& id, std::uint32_t& length)> lie;
    bool scribbles = false;      // over the whole shared page, at random
    bool asks_for_reset = false; // instead of answering
    bool changes = false;        // its configuration, with every answer
};

class Device {
public:
    explicit Device(Manners manners) : manners(manners), blocks(manners.sectors / 8) {}

    std::uint32_t load(std::uint32_t offset);
    void store(std::uint32_t offset, std::uint32_t value);
    // Works on what was offered, and raises its interrupt.
    void work();
    // Is there a request that it would work on, because it was not reset?
    bool is_asked();

    Manners manners;
    Block shared{};                      // the driver's page
    std::vector<std::uint64_t> visible;  // blocks that it was shown for the present request
    std::vector<Block> blocks;           // the disk's contents
    std::vector<std::uint32_t> statuses; // that the driver wrote, in order
    std::uint64_t accepted = 0;          // features
    unsigned flushes = 0;
    unsigned notifications = 0;
    unsigned fences = 0;

private:
    struct Descriptor {
        std::uint64_t address;
        std::uint32_t length;
        std::uint16_t flags;
        std::uint16_t next;
    };
    template <class T>
    T read(std::uint64_t address);
    template <class T>
    void write(std::uint64_t address, T value);
    std::byte* reach(std::uint64_t address, std::uint64_t size);
    Descriptor descriptor(std::uint16_t index);
    std::uint32_t carry_out(std::uint16_t head);
    void answer(std::uint32_t head, std::uint32_t length);
    void become_reset();
    std::uint64_t available_ring();
    void scribble();

    std::map<std::uint32_t, std::uint32_t> stored_; // registers that are merely kept
    std::uint32_t status_ = 0;
    std::uint32_t interrupts_ = 0;
    std::uint16_t seen_ = 0;   // of the available ring
    unsigned until_reset_ = 0; // readings of the status
    unsigned waited_ = 0;
    unsigned generation_ = 0;
    std::mt19937_64 random_{1};
};

// The driver's three wishes.
struct Registers {
    Device* device;
    std::uint32_t load(std::uint32_t offset) { return device->load(offset); }
    void store(std::uint32_t offset, std::uint32_t value) { device->store(offset, value); }
};

struct Memory {
    Device* device;
    std::uint8_t load8(std::uint32_t offset) { return load<std::uint8_t>(offset); }
    std::uint16_t load16(std::uint32_t offset) { return load<std::uint16_t>(offset); }
    std::uint32_t load32(std::uint32_t offset) { return load<std::uint32_t>(offset); }
    void store8(std::uint32_t offset, std::uint8_t value) { store(offset, value); }
    void store16(std::uint32_t offset, std::uint16_t value) { store(offset, value); }
    void store32(std::uint32_t offset, std::uint32_t value) { store(offset, value); }
    void store64(std::uint32_t offset, std::uint64_t value) { store(offset, value); }
    void order() { ++device->fences; }
    PhysAddr start() { return PhysAddr(virtio_test::address_of(device->shared.data())); }
    Result<PhysAddr> address_of(block::ConstBlockBytes bytes) {
        if (unreachable)
            return std::unexpected(Error::invalid);
        device->visible = {virtio_test::address_of(bytes.data())};
        return PhysAddr(device->visible.front());
    }
    bool unreachable = false;

private:
    template <class T>
    T load(std::uint32_t offset) {
        REQUIRE(offset + sizeof(T) <= PAGE_SIZE);
        T value;
        std::memcpy(&value, &device->shared[offset], sizeof(T));
        return value;
    }
    template <class T>
    void store(std::uint32_t offset, T value) {
        REQUIRE(offset + sizeof(T) <= PAGE_SIZE);
        std::memcpy(&device->shared[offset], &value, sizeof(T));
    }
};

// A frame owner, whose frames are pages of the host's memory.
struct FrameOwner {
    block::PinnedFrames<2> pinned;
    std::vector<Frame> free;
    std::uint64_t pins = 0;     // so far
    std::int64_t under_way = 0; // pins that were not taken back
    bool has_no_room = false;   // for more pins

    void give(Frame frame) {
        if (!pinned.keep(frame))
            free.push_back(frame);
    }
    void give_ended() {
        while (const std::optional<Frame> ended = pinned.take_ended())
            give(*ended);
    }
    bool has_free(Frame frame) const {
        return std::find(free.begin(), free.end(), frame) != free.end();
    }
    bool has_pins() const { return under_way != 0; }
};

struct Pins {
    FrameOwner* owner;
    Result<void> pin(FrameRange frames) {
        REQUIRE(frames.count() != 0);
        if (owner->has_no_room)
            return std::unexpected(Error::too_many);
        ++owner->pins;
        ++owner->under_way;
        return owner->pinned.pin(frames);
    }
    void unpin(FrameRange frames) {
        --owner->under_way;
        owner->pinned.unpin(frames);
        owner->give_ended();
    }
    void unpin_all() {
        owner->under_way = 0;
        owner->pinned.unpin_all();
        owner->give_ended();
    }
};
static_assert(block::FramePins<Pins>);

struct Wait {
    std::function<void()>* until_interrupt;
    void wait() { (*until_interrupt)(); }
};

using Disk = virtio::Disk<Registers, Memory, Pins, Wait>;
static_assert(block::Device<Disk>);
using Requests = virtio::Requests<Registers, Memory, Pins>;

// A device, its driver, and the kernel's part between them.
struct Machine {
    explicit Machine(Manners manners = {}) : device(manners) {}
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    Device device;
    FrameOwner owner;
    unsigned waits = 0;
    std::function<void()> until_interrupt = [this] {
        REQUIRE(++waits < 1'000'000); // else it would wait for ever
        device.work();
        disk.on_interrupt();
    };
    Disk disk{Registers{&device}, Memory{&device}, Pins{&owner}, Wait{&until_interrupt}};
};

} // namespace virtio_test
