// The virtio disk: a block::Device over a virtqueue, one request at a time.
// SPDX-License-Identifier: MIT
//
// VIRTIO 1.2, section 5.2 "Block Device". Whoever calls read, write or flush waits, in the
// placement's own way, until the device's interrupt reached on_interrupt; the bytes go straight
// between the device and the caller's block. Next: transport.hpp (registers), queue.hpp (memory).
//
// The device is not trusted: an answer that cannot be true is input_output, after which the device
// is reset, so that it leaves memory alone, and every later request fails.
#pragma once

#include "services/block/virtio/queue.hpp"

namespace virtio {

inline constexpr std::uint32_t DISK_DEVICE = 2; // 5, "Device Types"

// 5.2.3, "Feature bits"
inline constexpr std::uint64_t FEATURE_READ_ONLY = 1ULL << 5;
inline constexpr std::uint64_t FEATURE_FLUSH = 1ULL << 9;

template <Registers R, DmaMemory M, Wait W>
class Disk {
public:
    // Nothing is touched before `start`. MEMORY is the disk's alone.
    Disk(R registers, M memory, W wait) : transport_(registers), queue_(memory), wait_(wait) {}

    // Brings the device up. The disk serves nothing if that fails. empty_slot and not_a_disk mean
    // that this slot is none of this driver's business.
    Started<void> start() {
        TRY(transport_.identify(DISK_DEVICE));
        Started<void> begun = bring_up();
        if (!begun)
            transport_.reset();
        return begun;
    }

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        TRY(check(number));
        const PhysAddr place = TRY(queue_.memory().address_of(bytes));
        return transfer(Request::in, number, {place, block::BLOCK_SIZE, Buffer::Writer::device});
    }
    // not_permitted: the disk is read-only.
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        TRY(check(number));
        if (read_only_)
            return std::unexpected(Error::not_permitted);
        const PhysAddr place = TRY(queue_.memory().address_of(bytes));
        return transfer(Request::out, number, {place, block::BLOCK_SIZE, Buffer::Writer::driver});
    }
    // 5.2.6.2: without the feature, what is written is durable at once.
    Result<void> flush() {
        if (!flushes_)
            return works_ ? Result<void>() : std::unexpected(Error::input_output);
        return carry_out(Request::flush, 0, 1);
    }
    std::uint64_t block_count() const { return blocks_; }
    bool is_read_only() const { return read_only_; }

    // The device's interrupt: call it for each, then let whoever waits look again.
    void on_interrupt() {
        const std::uint32_t raised = transport_.acknowledge();
        if ((raised & interrupt::CONFIGURATION_CHANGE) != 0 && transport_.needs_reset())
            device_gave_up_ = true;
    }

private:
    // 5.2.6, "Device Operation": the request's type, its header and its status.
    enum class Request : std::uint32_t { in = 0, out = 1, flush = 4 };
    static constexpr std::uint64_t SECTOR_SIZE = 512;
    static constexpr std::uint64_t SECTORS_A_BLOCK = block::BLOCK_SIZE / SECTOR_SIZE;
    static constexpr std::uint32_t HEADER = QUEUE_BYTES; // type 32, reserved 32, sector 64
    static constexpr std::uint32_t HEADER_SIZE = 16;
    static constexpr std::uint32_t STATUS = HEADER + HEADER_SIZE; // a byte
    static constexpr std::uint8_t STATUS_OK = 0;
    static constexpr std::uint8_t STATUS_FAILED = 1;
    static constexpr std::uint8_t STATUS_UNSUPPORTED = 2;
    static constexpr std::uint8_t STATUS_UNWRITTEN = 0xff;
    using Place = typename Queue<M>::Place;

    Started<void> bring_up() {
        const std::uint64_t features = TRY(transport_.negotiate(FEATURE_READ_ONLY | FEATURE_FLUSH));
        read_only_ = (features & FEATURE_READ_ONLY) != 0;
        flushes_ = (features & FEATURE_FLUSH) != 0;
        TRY(transport_.give_queue(queue_.places()));
        // 5.2.4: `capacity`, in sectors, stands first.
        blocks_ = TRY(transport_.configuration64(0)) / SECTORS_A_BLOCK;
        transport_.go();
        works_ = true;
        return {};
    }

    Result<void> check(block::BlockNumber number) const {
        if (number.raw() >= blocks_)
            return std::unexpected(Error::invalid);
        return {};
    }

    Result<void> transfer(Request type, block::BlockNumber number, const Buffer& data) {
        queue_.describe(1, data, Place::middle);
        const std::uint32_t to_block =
            data.writer == Buffer::Writer::device ? std::uint32_t{block::BLOCK_SIZE} : 0;
        return carry_out(type, number.raw() * SECTORS_A_BLOCK, to_block + 1);
    }

    // Makes the request, with the data that descriptor 1 describes already, and waits for its end.
    // The device writes EXPECTED bytes, the status among them.
    Result<void> carry_out(Request type, std::uint64_t sector, std::uint32_t expected) {
        if (!works_)
            return std::unexpected(Error::input_output);
        M& memory = queue_.memory();
        memory.store32(HEADER, static_cast<std::uint32_t>(type));
        memory.store32(HEADER + 4, 0);
        memory.store64(HEADER + 8, sector);
        memory.store8(STATUS, STATUS_UNWRITTEN);
        describe_ends(type);
        queue_.offer();
        transport_.notify();
        const Result<std::uint32_t> written = await();
        if (!written || *written == 0 || *written > expected)
            return give_up();
        const std::uint8_t status = memory.load8(STATUS);
        if (status == STATUS_FAILED || status == STATUS_UNSUPPORTED)
            return std::unexpected(Error::input_output);
        return status == STATUS_OK && *written == expected ? Result<void>() : give_up();
    }

    void describe_ends(Request type) {
        const PhysAddr start = queue_.memory().start();
        const Buffer status{start + STATUS, 1, Buffer::Writer::device};
        queue_.describe(0, {start + HEADER, HEADER_SIZE, Buffer::Writer::driver}, Place::middle);
        queue_.describe(type == Request::flush ? 1 : 2, status, Place::last);
    }

    // How many bytes the device wrote, once it has answered. It is not asked before its interrupt
    // came: so what a request costs whoever makes it does not depend on how fast the device is.
    Result<std::uint32_t> await() {
        for (;;) {
            wait_.wait();
            const std::optional<std::uint32_t> written = TRY(queue_.answer());
            if (written)
                return *written;
            if (device_gave_up_)
                return std::unexpected(Error::input_output);
        }
    }

    Result<void> give_up() {
        transport_.reset();
        works_ = false;
        return std::unexpected(Error::input_output);
    }

    Transport<R> transport_;
    Queue<M> queue_;
    W wait_;
    std::uint64_t blocks_ = 0;
    bool works_ = false;
    bool read_only_ = false;
    bool flushes_ = false;
    bool device_gave_up_ = false; // it asked for a reset (2.1.2)
};

} // namespace virtio
