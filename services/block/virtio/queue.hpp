// A split virtqueue that carries one request at a time, in one page shared with the device.
// SPDX-License-Identifier: MIT
//
// VIRTIO 1.2, section 2.7 "Split Virtqueues". The driver fills descriptors, offers the first of a
// chain in the available ring and notifies; the device answers in the used ring:
//
//      0  descriptor table   {address 64, length 32, flags 16, next 16} each
//     64  available ring     flags 16, index 16, a head 16 each
//    128  used ring          flags 16, index 16, {head 32, bytes written 32} each
//    256  free for the driver
// What the device writes there is believed only as far as it is one of the answers that are
// possible.
#pragma once

#include "services/block/virtio/transport.hpp"

#include <optional>

namespace virtio {

inline constexpr std::uint16_t QUEUE_SIZE = 4; // a power of two; a request takes three
inline constexpr std::uint32_t DESCRIPTORS = 0;
inline constexpr std::uint32_t AVAILABLE = 64; // 2-byte aligned
inline constexpr std::uint32_t USED = 128;     // 4-byte aligned
inline constexpr std::uint32_t QUEUE_BYTES = 256;
static_assert(DESCRIPTORS + 16 * QUEUE_SIZE <= AVAILABLE);
static_assert(AVAILABLE + 4 + 2 * QUEUE_SIZE <= USED);
static_assert(USED + 4 + 8 * QUEUE_SIZE <= QUEUE_BYTES);

// 2.7.5, "The Virtqueue Descriptor Table"
inline constexpr std::uint32_t DESCRIPTOR_HAS_NEXT = 1;
inline constexpr std::uint32_t DESCRIPTOR_DEVICE_WRITES = 2;

// One buffer of a request, as the device sees it.
struct Buffer {
    enum class Writer : std::uint8_t { driver, device };
    PhysAddr start;
    std::uint32_t size;
    Writer writer;
};

template <DmaMemory M>
class Queue {
public:
    explicit Queue(M memory) : memory_(memory) {}

    QueuePlaces places() {
        const PhysAddr start = memory_.start();
        return {QUEUE_SIZE, start + DESCRIPTORS, start + AVAILABLE, start + USED};
    }
    // Before the queue is given to a device that was reset: both count from 0 (2.7.6, 2.7.8).
    void clear() {
        requests_ = 0;
        memory_.store16(AVAILABLE + 2, 0);
        memory_.store16(USED + 2, 0);
        memory_.order();
    }
    M& memory() { return memory_; }

    // Describes buffer number INDEX of the request: the chain goes on with the next one, or ends.
    enum class Place : std::uint8_t { middle, last };
    void describe(std::uint16_t index, const Buffer& buffer, Place place) {
        const std::uint32_t at = DESCRIPTORS + 16U * index;
        std::uint32_t flags = 0;
        if (place == Place::middle)
            flags |= DESCRIPTOR_HAS_NEXT;
        if (buffer.writer == Buffer::Writer::device)
            flags |= DESCRIPTOR_DEVICE_WRITES;
        memory_.store64(at, buffer.start.raw());
        memory_.store32(at + 8, buffer.size);
        memory_.store16(at + 12, static_cast<std::uint16_t>(flags));
        memory_.store16(at + 14, static_cast<std::uint16_t>(index + 1));
    }

    // Offers the chain that starts at buffer 0 (2.7.13, "Supplying Buffers to The Device"). Notify
    // afterwards.
    void offer() {
        memory_.store16(AVAILABLE + 4 + 2U * (requests_ % QUEUE_SIZE), 0);
        memory_.order(); // the device must not see the index before what it stands for
        requests_ = static_cast<std::uint16_t>(requests_ + 1);
        memory_.store16(AVAILABLE + 2, requests_);
        memory_.order(); // nor the notification before the index
    }

    // How many bytes the device wrote for the request; nothing: it has not answered yet
    // (2.7.14). input_output: it answered what was not asked.
    Result<std::optional<std::uint32_t>> answer() {
        const std::uint16_t answered = memory_.load16(USED + 2);
        const auto before = static_cast<std::uint16_t>(requests_ - 1);
        if (answered == before)
            return std::nullopt;
        if (answered != requests_)
            return std::unexpected(Error::input_output);
        memory_.order(); // the answer was written before the index
        const std::uint32_t at = USED + 4 + 8U * (before % QUEUE_SIZE);
        if (memory_.load32(at) != 0)
            return std::unexpected(Error::input_output);
        return memory_.load32(at + 4);
    }

private:
    M memory_;
    std::uint16_t requests_ = 0; // offered so far, as the ring counts them
};

} // namespace virtio
