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

// Frames after the kernel, up to whatever the machine loaded above it (initial RAM disk, device
// tree), as far as the direct map reaches.
FrameRange free_frames(const BootInfo& info, PhysAddr tree) {
    PhysAddr end = std::min(info.memory.end, PhysAddr(EXTENSION_SLOTS - KERNEL_OFFSET));
    if (info.initial_ram_disk.size() != 0)
        end = std::min(end, info.initial_ram_disk.start);
    if (tree > physical(kernel_end))
        end = std::min(end, tree);
    return {Frame::containing(physical(kernel_end)), Frame::containing(end)};
}

} // namespace

extern "C" [[noreturn]] void hal_start(std::uint64_t hart, std::uint64_t tree_address) {
    constexpr std::uint64_t TREE_HEADER = 40; // bytes
    const PhysAddr tree(tree_address);
    // No message could be printed better than a panic's: without a device tree nothing is known.
    const std::uint64_t size = MUST(device_tree_size(physical_bytes({tree, tree + TREE_HEADER})));
    BootInfo info = MUST(read_device_tree(physical_bytes({tree, tree + size}), hart));
    info.free_frames = free_frames(info, tree);
    set_test_device(info.test_device);
    uart::attach(info.uart);
    // What the firmware left differs between its versions: which counters user mode may read, and
    // the deadline, which with Sstc may be one that has passed.
    csr::open_user_counters();
    timer::arm(timer::NEVER);
    enter_kernel_map(info.memory.end);
    kernel_main(info);
}
