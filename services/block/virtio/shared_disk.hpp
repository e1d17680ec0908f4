// The machine's disk: the first one among its virtio slots, shared by several who ask.
// SPDX-License-Identifier: MIT
//
// What every kernel that has the driver inside does around it (disk.hpp): finding the disk, in
// words where there is none, and letting one after the other ask. Which lock that takes, and how
// whoever asks waits for the device, is the placement's.
#pragma once

#include "services/block/virtio/disk.hpp"
#include "services/io/turn.hpp"

#include <concepts>
#include <optional>
#include <span>
#include <string_view>

namespace virtio {

// A place of the machine where a device may be (arch/riscv/boot_info.hpp: DeviceInfo).
template <class S>
concept Slot = requires(const S& slot) {
    { slot.interrupt } -> std::convertible_to<std::uint32_t>;
};

template <Registers R, DmaMemory M, block::FramePins P, Wait W, io::Lock L>
class SharedDisk {
public:
    // Brings up the first disk in SLOTS, whose registers REGISTERS_OF(slot) gives, with MEMORY that
    // is the disk's alone. The words of why there is none.
    template <Slot S, class RegistersOf>
    std::expected<void, std::string_view> start(std::span<const S> slots,
                                                const RegistersOf& registers_of, const M& memory) {
        std::string_view why = "there is no disk; start QEMU with -drive "
                               "file=disk.img,if=none,format=raw,id=disk "
                               "-device virtio-blk-device,drive=disk";
        for (const S& slot : slots) {
            driver_.emplace(registers_of(slot), memory, P{}, W{});
            const Started<void> started = driver_->start();
            if (started) {
                interrupt_ = slot.interrupt;
                return {};
            }
            const bool another_device =
                started.error() == Refusal::empty_slot || started.error() == Refusal::not_a_disk;
            if (!another_device)
                why = to_words(started.error());
        }
        return std::unexpected(why);
    }

    // block::Device. Not inlined: what a request needs on the stack it needs only here.
    [[gnu::noinline]] Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        const io::Turn turn(lock_);
        return driver_->read(number, bytes);
    }
    [[gnu::noinline]] Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        const io::Turn turn(lock_);
        return driver_->write(number, bytes);
    }
    [[gnu::noinline]] Result<void> flush() {
        const io::Turn turn(lock_);
        return driver_->flush();
    }
    std::uint64_t block_count() const { return driver_->block_count(); }
    bool is_read_only() const { return driver_->is_read_only(); }

    // Its source at the interrupt controller; 0: there is no disk.
    std::uint32_t interrupt() const { return interrupt_; }
    // It interrupted. Whoever waits is to look again, then.
    void acknowledge() { driver_->on_interrupt(); }
    // Nobody waits: what is under way was given up by whoever asked, and ends if it can.
    void end_abandoned() { driver_->end_abandoned(); }

protected:
    L& lock() { return lock_; }

private:
    std::optional<Disk<R, M, P, W>> driver_;
    std::uint32_t interrupt_ = 0;
    L lock_;
};

} // namespace virtio
