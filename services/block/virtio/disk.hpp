// The virtio disk: a block::Device that waits for its requests, one at a time.
// SPDX-License-Identifier: MIT
//
// VIRTIO 1.2, section 5.2 "Block Device". Whoever calls read, write or flush waits, in the
// placement's own way, until the device's interrupt reached on_interrupt; the bytes go straight
// between the device and the caller's block. Next: requests.hpp (what is asked of the device, and
// what of it is believed).
//
// A device that gives an impossible answer is reset, and every later request fails.
#pragma once

#include "services/block/virtio/requests.hpp"

namespace virtio {

template <Registers R, DmaMemory M, block::FramePins P, Wait W>
class Disk {
public:
    // Nothing is touched before `start`. MEMORY is the disk's alone.
    Disk(R registers, M memory, P pins, W wait) : requests_(registers, memory, pins), wait_(wait) {}

    // Brings the device up. The disk serves nothing if that fails. empty_slot and not_a_disk mean
    // that this slot is none of this driver's business.
    Started<void> start() { return requests_.start(); }

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        const PhysAddr place = TRY(requests_.memory().address_of(bytes));
        return carry_out({Operation::read, number, place});
    }
    // not_permitted: the disk is read-only.
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        const PhysAddr place = TRY(requests_.memory().address_of(bytes));
        return carry_out({Operation::write, number, place});
    }
    Result<void> flush() {
        const Result<void> done = carry_out({Operation::flush, {}, {}});
        // What was written is durable already where the device has no flush.
        return !done && done.error() == Error::not_supported ? Result<void>() : done;
    }
    std::uint64_t block_count() const { return requests_.block_count(); }
    bool is_read_only() const { return requests_.is_read_only(); }

    // The device's interrupt: call it for each, then let whoever waits look again.
    void on_interrupt() { requests_.on_interrupt(); }
    // Where nobody waits: a request whose asker was given up ends here, if its answer has come, and
    // what it pinned is free. Else that waits for the next request.
    void end_abandoned() { static_cast<void>(requests_.finished()); }

private:
    Result<void> carry_out(const Request& request) {
        // Whoever waited for the request before may have been given up in the middle of it (a
        // strand whose extension fell); its answer may have come already, to nobody.
        if (requests_.is_under_way()) [[unlikely]]
            static_cast<void>(await(requests_.finished()));
        TRY(requests_.submit(request));
        // The answer is not looked for before the interrupt came: so what a request costs whoever
        // makes it does not depend on how fast the device is.
        return await(std::unexpected(Error::would_block));
    }

    // How the request under way ended, of which END is known.
    Result<void> await(Result<void> end) {
        while (!end && end.error() == Error::would_block) {
            wait_.wait();
            end = requests_.finished();
        }
        return end;
    }

    Requests<R, M, P> requests_;
    W wait_;
};

} // namespace virtio
