// The disk: the kernel's driver, and the module Disk by which extensions reach it.
// SPDX-License-Identifier: MIT
//
// Before: an extension, through interface/disk.hpp. Next: services/block/virtio (shared_disk.hpp).
#include "block_placement.hpp"

#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/kernel.hpp"
#include "kernels/spin/schedule.hpp"

#include "arch/riscv/kernel_map.hpp"

namespace {

bool lies_in_slots(VirtAddr address) {
    return address >= VirtAddr(EXTENSION_SLOTS) &&
           address - VirtAddr(EXTENSION_SLOTS) < EXTENSIONS * EXTENSION_SLOT_SIZE;
}

// The frame behind an extension's own PAGE. invalid: there is none, or it cannot be written.
Result<Frame> frame_in_slot(Page page) {
    KernelTables tables(nullptr);
    const sv39::Pte* const entry = sv39::find_entry(tables, kernel_root(), page);
    if (entry == nullptr || !entry->is_valid() || !entry->flags().rights().can_write())
        return std::unexpected(Error::invalid);
    return entry->frame();
}

// Whose free frames FRAME goes to: one of two kinds for good.
bool is_lent(Frame frame) { return kernel.frames.find(frame) != nullptr; }

} // namespace

// One request is under way at most, so the kind of its frame is the kind of the pin.
inline Result<void> DiskPins::pin(FrameRange frames) {
    return is_lent(frames.first) ? kernel.frames.pin(frames) : kernel.memory.pin(frames);
}
inline void DiskPins::unpin(FrameRange frames) {
    if (is_lent(frames.first))
        kernel.frames.unpin(frames);
    else
        kernel.memory.unpin(frames);
}
inline void DiskPins::unpin_all() {
    kernel.frames.unpin_all();
    kernel.memory.unpin_all();
}

Result<PhysAddr> DiskMemory::address_of(std::span<const std::byte, PAGE_SIZE> bytes) const {
    const VirtAddr start(reinterpret_cast<std::uint64_t>(bytes.data()));
    if (start.raw() % PAGE_SIZE != 0)
        return std::unexpected(Error::invalid);
    if (lies_in_slots(start))
        return TRY(frame_in_slot(Page::containing(start))).start();
    const PhysAddr place = TRY(physical_if_direct(bytes));
    const FrameRecord* const record = kernel.frames.find(Frame::containing(place));
    if (record == nullptr || record->owner == nullptr)
        return std::unexpected(Error::invalid);
    return place;
}

void DiskWait::wait() {
    Disk& disk = kernel.disk;
    disk.waiter_ = &running_strand();
    block_strand(running_strand());
    disk.waiter_ = nullptr;
}

template class virtio::SharedDisk<DeviceRegisters, DiskMemory, DiskPins, DiskWait, StrandLock>;

std::expected<void, std::string_view> Disk::start() {
    const DiskMemory memory(MUST(kernel.memory.take_zeroed(nullptr))); // all memory is free yet
    return VirtioDisk::start(kernel.boot.virtio_slots(), registers_of, memory);
}

void Disk::wake() {
    if (waiter_ != nullptr) [[likely]]
        unblock_strand(*waiter_);
    else
        end_abandoned();
}

void Disk::forget(const Strand& strand) {
    if (waiter_ == &strand)
        waiter_ = nullptr;
    lock().forget(strand);
}

namespace {

Result<Disk*> find_disk() {
    if (!kernel.disk.is_there())
        return std::unexpected(Error::not_found);
    return &kernel.disk;
}

} // namespace

extern "C" {

Result<void> disk_read(std::uint64_t number, PageBytes bytes) {
    return TRY(find_disk())->read(block::BlockNumber(number), bytes);
}

Result<void> disk_write(std::uint64_t number, std::span<const std::byte, PAGE_SIZE> bytes) {
    return TRY(find_disk())->write(block::BlockNumber(number), bytes);
}

Result<void> disk_flush() { return TRY(find_disk())->flush(); }

std::uint64_t disk_block_count() { return kernel.disk.is_there() ? kernel.disk.block_count() : 0; }

bool disk_is_read_only() { return !kernel.disk.is_there() || kernel.disk.is_read_only(); }

} // extern "C"
