// Requests to the virtio disk, without waiting: made here, finished whenever the device says so.
// SPDX-License-Identifier: MIT
//
// VIRTIO 1.2, section 5.2 "Block Device". For whoever cannot sleep: a kernel without threads makes
// a request (submit), goes on, and looks after each of the device's interrupts (on_interrupt)
// whether it is done (finished). disk.hpp waits between the two. One request is under way at a
// time. Next: transport.hpp (registers), queue.hpp (memory).
//
// From submit on the frames that a request names are pinned (services/block/pinned.hpp), until the
// device answered it or was reset: whoever made the request may end meanwhile, and its frames, but
// not the request. Without an IOMMU that is all a driver can do: what a device writes after it
// answered, or after it said that it is reset, lands wherever it likes.
//
//            submit                    finished: an answer
//      idle --------> under way -----------------------------> idle
//                        |  finished: an impossible answer, or it asks for a reset
//                        v
//                     given up: every request is input_output; the pins stay until the device
//                     is reset, which is tried at once, and at each reset()
// The device is not trusted: an answer that cannot be true is input_output. The page that driver
// and device share is the device's from `start` until a reset, too: keep it as long.
#pragma once

#include "services/block/pinned.hpp"
#include "services/block/virtio/queue.hpp"

namespace virtio {

inline constexpr std::uint32_t DISK_DEVICE = 2; // 5, "Device Types"

// 5.2.3, "Feature bits"
inline constexpr std::uint64_t FEATURE_READ_ONLY = 1ULL << 5;
inline constexpr std::uint64_t FEATURE_FLUSH = 1ULL << 9;

// 5.2.6, "Device Operation"
enum class Operation : std::uint32_t { read = 0, write = 1, flush = 4 };

// PLACE: where the block's bytes are, in one piece, as the device sees memory. A flush has neither.
struct Request {
    Operation operation;
    block::BlockNumber number;
    PhysAddr place;
};

template <Registers R, DmaMemory M, block::FramePins P>
class Requests {
public:
    // Nothing is touched before `start`. MEMORY is the disk's alone.
    Requests(R registers, M memory, P pins) : transport_(registers), queue_(memory), pins_(pins) {}

    // Resets the device, which may be in the middle of what a driver before this one asked for, and
    // brings it up. The disk serves nothing if that fails. empty_slot and not_a_disk mean that this
    // slot is none of this driver's business.
    Started<void> start() {
        TRY(transport_.identify(DISK_DEVICE));
        Started<void> begun = bring_up();
        if (!begun)
            static_cast<void>(reset()); // if it does not, that is why it is refused
        return begun;
    }

    // Hands REQUEST to the device. would_block: one is under way still; invalid: no such block;
    // not_permitted: a write to a read-only disk; not_supported: a flush, where none is needed;
    // input_output: the device was given up. And what pinning a frame may say. After an error
    // nothing was pinned, and the device heard of nothing.
    Result<void> submit(const Request& request) {
        if (request.operation != Operation::flush)
            TRY(check(request));
        else if (works_ && !flushes_)
            return std::unexpected(Error::not_supported);
        if (!works_)
            return std::unexpected(Error::input_output);
        if (is_under_way_)
            return std::unexpected(Error::would_block);
        const FrameRange frames = frames_of(request);
        if (frames.count() != 0)
            TRY(pins_.pin(frames));
        pinned_ = frames;
        operation_ = request.operation;
        is_under_way_ = true;
        hand_over(request);
        return {};
    }

    // How the request ended: once, after the interrupt that brought its answer. would_block: it has
    // not yet, or there is none. input_output: it failed, or the device cannot be believed any
    // more.
    Result<void> finished() {
        if (!is_under_way_)
            return std::unexpected(Error::would_block);
        const Result<std::optional<std::uint32_t>> written = queue_.answer();
        if (written && !*written && !device_gave_up_)
            return std::unexpected(Error::would_block);
        is_under_way_ = false;
        const std::uint8_t status = queue_.memory().load8(STATUS);
        if (!written || !*written || !is_possible(status, **written)) {
            // Whether it is reset shows in the pins: the caller's request has failed anyway.
            static_cast<void>(reset());
            return std::unexpected(Error::input_output);
        }
        if (pinned_.count() != 0)
            pins_.unpin(pinned_);
        return status == STATUS_OK ? Result<void>() : std::unexpected(Error::input_output);
    }

    // Ends whatever is under way, without an answer to it, and the disk with it, until the next
    // start. would_block: the device does not say that it is reset; it may still reach what is
    // pinned, which stays so. Ask again.
    Result<void> reset() {
        works_ = false;
        is_under_way_ = false;
        if (!transport_.reset())
            return std::unexpected(Error::would_block);
        pins_.unpin_all();
        return {};
    }

    // The device's interrupt: call it for each, then let whoever waits look again.
    void on_interrupt() {
        const std::uint32_t raised = transport_.acknowledge();
        if ((raised & interrupt::CONFIGURATION_CHANGE) != 0 && transport_.needs_reset())
            device_gave_up_ = true;
    }

    bool is_under_way() const { return is_under_way_; }
    std::uint64_t block_count() const { return blocks_; }
    bool is_read_only() const { return read_only_; }
    // 5.2.6.2: without the feature, what is written is durable at once.
    bool needs_flush() const { return flushes_; }
    M& memory() { return queue_.memory(); }

private:
    static constexpr std::uint64_t SECTOR_SIZE = 512;
    static constexpr std::uint64_t SECTORS_A_BLOCK = block::BLOCK_SIZE / SECTOR_SIZE;
    // 5.2.6: a request's header, and its status.
    static constexpr std::uint32_t HEADER = QUEUE_BYTES; // type 32, reserved 32, sector 64
    static constexpr std::uint32_t HEADER_SIZE = 16;
    static constexpr std::uint32_t STATUS = HEADER + HEADER_SIZE; // a byte
    static constexpr std::uint8_t STATUS_OK = 0;
    static constexpr std::uint8_t STATUS_FAILED = 1;
    static constexpr std::uint8_t STATUS_UNSUPPORTED = 2;
    static constexpr std::uint8_t STATUS_UNWRITTEN = 0xff;
    using Place = typename Queue<M>::Place;

    Started<void> bring_up() {
        is_under_way_ = false;
        device_gave_up_ = false;
        const std::uint64_t features = TRY(transport_.negotiate(FEATURE_READ_ONLY | FEATURE_FLUSH));
        pins_.unpin_all(); // it was reset, as the first step of that
        queue_.clear();
        read_only_ = (features & FEATURE_READ_ONLY) != 0;
        flushes_ = (features & FEATURE_FLUSH) != 0;
        TRY(transport_.give_queue(queue_.places()));
        // 5.2.4: `capacity`, in sectors, stands first.
        blocks_ = TRY(transport_.configuration64(0)) / SECTORS_A_BLOCK;
        transport_.go();
        works_ = true;
        return {};
    }

    Result<void> check(const Request& request) const {
        if (request.number.raw() >= blocks_)
            return std::unexpected(Error::invalid);
        if (request.operation == Operation::write && read_only_)
            return std::unexpected(Error::not_permitted);
        return {};
    }

    // A block need not begin where a frame begins: then it lies in two.
    static FrameRange frames_of(const Request& request) {
        if (request.operation == Operation::flush)
            return {};
        return {Frame::containing(request.place),
                Frame::containing(request.place + (block::BLOCK_SIZE - 1)) + 1};
    }

    // Header, block and status as a chain of descriptors, offered to the device.
    void hand_over(const Request& request) {
        const bool has_block = request.operation != Operation::flush;
        M& memory = queue_.memory();
        memory.store32(HEADER, static_cast<std::uint32_t>(request.operation));
        memory.store32(HEADER + 4, 0);
        memory.store64(HEADER + 8, has_block ? request.number.raw() * SECTORS_A_BLOCK : 0);
        memory.store8(STATUS, STATUS_UNWRITTEN);
        const Buffer::Writer writer =
            request.operation == Operation::read ? Buffer::Writer::device : Buffer::Writer::driver;
        const PhysAddr start = memory.start();
        queue_.describe(0, {start + HEADER, HEADER_SIZE, Buffer::Writer::driver}, Place::middle);
        if (has_block)
            queue_.describe(1, {request.place, block::BLOCK_SIZE, writer}, Place::middle);
        queue_.describe(has_block ? 2 : 1, {start + STATUS, 1, Buffer::Writer::device},
                        Place::last);
        queue_.offer();
        transport_.notify();
    }

    // Can it be true that the request ended with STATUS, and that the device wrote WRITTEN bytes?
    bool is_possible(std::uint8_t status, std::uint32_t written) const {
        const std::uint32_t to_block =
            operation_ == Operation::read ? std::uint32_t{block::BLOCK_SIZE} : 0;
        const std::uint32_t expected = to_block + 1; // the status among them
        if (status == STATUS_OK) [[likely]]
            return written == expected;
        const bool failed = status == STATUS_FAILED || status == STATUS_UNSUPPORTED;
        return failed && written != 0 && written <= expected;
    }

    Transport<R> transport_;
    Queue<M> queue_;
    P pins_;
    FrameRange pinned_; // by the request under way
    Operation operation_ = Operation::flush;
    std::uint64_t blocks_ = 0;
    bool works_ = false;
    bool is_under_way_ = false;
    bool read_only_ = false;
    bool flushes_ = false;
    bool device_gave_up_ = false; // it asked for a reset (2.1.2)
};

} // namespace virtio
