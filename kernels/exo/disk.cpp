// Disk requests: queued, pinned, answered.
// SPDX-License-Identifier: MIT
//
// Before: the primitive `disk` (syscall.cpp); the device's interrupt (devices.cpp). Next: the
// driver.
#include "disk.hpp"

#include "kernel.hpp"

#include "abi/errors.hpp"

namespace {

void store_word(PhysAddr word, std::uint64_t value) {
    *reinterpret_cast<volatile std::uint64_t*>(direct_map(word).raw()) = value;
}

void count_pins(Frame frame, int change) {
    FrameRecord& record = kernel.frames.record(frame);
    record.pins = static_cast<std::uint16_t>(record.pins + change);
}

void count_pins(const DiskRequest& request, int change) {
    count_pins(request.block, change);
    count_pins(Frame::containing(request.word), change);
}

} // namespace

Result<void> DiskPins::pin(FrameRange frames) {
    count_pins(frames.first, 1);
    return {};
}
void DiskPins::unpin(FrameRange frames) { count_pins(frames.first, -1); }
// The device was reset: at start, where there is no pin; or because it was given up, and then the
// pin of its last request stays for ever, with a frame that it may have kept.
void DiskPins::unpin_all() {}

void DiskQueue::start(const BootInfo& boot) {
    const Frame page = MUST(kernel.frames.take(EnvironmentId::kernel())); // all is free yet
    zero_page(frame_bytes(page));
    for (const DeviceInfo& slot : boot.virtio_slots()) {
        driver_.emplace(registers_of(slot), DmaPage(page), DiskPins{});
        if (driver_->start()) {
            interrupt_ = slot.interrupt;
            return;
        }
    }
    driver_.reset();
}

Result<void> DiskQueue::add(const DiskRequest& request) {
    if (count_ == requests_.size())
        return std::unexpected(Error::too_many);
    at(count_) = request;
    ++count_;
    count_pins(request, 1);
    store_word(request.word, abi::exo::UNDER_WAY);
    if (count_ == 1)
        submit();
    return {};
}

void DiskQueue::submit() {
    while (count_ != 0) {
        const Result<void> begun = driver_->submit(at(0).request);
        if (begun)
            return;
        // What was written is durable already where the device has no flush.
        finish(begun.error() == Error::not_supported ? Result<void>() : begun);
    }
}

// Says how the first request ended, and forgets it.
void DiskQueue::finish(const Result<void>& how) {
    const DiskRequest& done = at(0);
    count_pins(done, -1);
    if (done.owner != EnvironmentId()) {
        store_word(done.word, how ? 0 : abi::to_register(how.error()));
        environment_at(done.owner).requests -= 1;
    }
    first_ = (first_ + 1) % requests_.size();
    --count_;
}

void DiskQueue::on_interrupt() {
    driver_->on_interrupt();
    const Result<void> end = driver_->finished();
    if (!end && end.error() == Error::would_block)
        return;
    finish(end);
    submit();
}

void DiskQueue::forget(EnvironmentId owner) {
    for (std::size_t i = 0; i < count_; ++i)
        if (at(i).owner == owner)
            at(i).owner = EnvironmentId();
}
