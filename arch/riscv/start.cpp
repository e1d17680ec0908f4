// From the firmware's hand-over to the kernel's own first line.
// SPDX-License-Identifier: MIT
//
// Before: boot.S (MMU on, high addresses, boot stack). Next: kernel_main of the kernel that was
// linked.
#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/device_tree.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/timer.hpp"
#include "arch/riscv/uart.hpp"
#include "arch/riscv/upcalls.hpp"

#include <algorithm>

extern "C" const char kernel_end[]; // set by the linker script

namespace {

// RAM that is the kernel's to divide: behind the image, up to the device tree (which the firmware
// puts above), as far as the direct map reaches.
PhysRange usable_memory(const BootInfo& info, PhysAddr tree) {
    const PhysAddr start = physical(kernel_end); // page-aligned
    PhysAddr end = std::min(info.memory.end, PhysAddr(EXTENSION_SLOTS - KERNEL_OFFSET));
    if (tree >= start)
        end = std::min(end, tree);
    return {start, end};
}

// The machine loads the initial RAM disk DISK into the middle of memory. It moves to where USABLE
// begins, so that all the rest is one range. Where it lies then: one that lies outside stays, and
// one so large that copying it would be most of the kernel's start.
PhysRange move_down(PhysRange disk, PhysRange usable) {
    constexpr std::uint64_t LARGE = 8 << 20; // bytes
    if (disk.start < usable.start || disk.end > usable.end || disk.size() >= LARGE)
        return disk;
    const Bytes from = physical_bytes(disk);
    const PhysRange moved{usable.start, usable.start + disk.size()};
    __builtin_memmove(frame_bytes(Frame::containing(moved.start)).data(), from.data(), from.size());
    return moved;
}

// Settles where the initial RAM disk lies and which frames are free.
void divide(BootInfo& info, PhysAddr tree) {
    PhysRange usable = usable_memory(info, tree);
    if (info.initial_ram_disk.size() != 0) {
        info.initial_ram_disk = move_down(info.initial_ram_disk, usable);
        if (info.initial_ram_disk.start == usable.start)
            usable.start = info.initial_ram_disk.end;
        else
            usable.end = std::clamp(info.initial_ram_disk.start, usable.start, usable.end);
    }
    const Frame first(pages_to_hold(usable.start.raw()));
    info.free_frames = {first, std::max(first, Frame::containing(usable.end))};
}

} // namespace

extern "C" [[noreturn]] void hal_start(std::uint64_t hart, std::uint64_t tree_address) {
    constexpr std::uint64_t TREE_HEADER = 40; // bytes
    const PhysAddr tree(tree_address);
    // No message could be printed better than a panic's: without a device tree nothing is known.
    const std::uint64_t size = MUST(device_tree_size(physical_bytes({tree, tree + TREE_HEADER})));
    BootInfo info = MUST(read_device_tree(physical_bytes({tree, tree + size}), hart));
    divide(info, tree);
    set_test_device(info.test_device);
    uart::attach(info.uart);
    // What the firmware left differs between its versions: which counters user mode may read, and
    // the deadline, which with Sstc may be one that has passed.
    csr::open_user_counters();
    timer::arm(timer::NEVER);
    enter_kernel_map(info.memory.end);
    kernel_main(info);
}
