// The kernel's half: devices, the direct map, and the kernel image page by page.
// SPDX-License-Identifier: MIT
//
//   root entry 256   devices, physical 0..1 GiB, one 1 GiB leaf
//   root entry 258   RAM, physical 2..3 GiB: 2 MiB leaves, but for the kernel image's first 2 MiB:
//                    4 KiB pages, each with the rights of its section
//   root entry 260   kernel stacks: their tables stand from the start, so that every space shares
//                    them; kernel_stack_area.cpp fills them in
// Memory beyond 1 GiB of RAM is not used; the address map gives that range to SPIN's extensions.
#include "arch/riscv/kernel_map.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "lib/panic.hpp"

#include <algorithm>

extern "C" const char boot_stack_guard[]; // boot.S; a page
// Set by the linker script; page-aligned.
extern "C" const char kernel_start[], kernel_text_end[], kernel_constants_end[], kernel_end[];

namespace {

using sv39::Pte;
using sv39::PteFlags;

constexpr std::uint64_t LARGE = 512 * PAGE_SIZE;
constexpr PhysAddr RAM_BASE(DIRECT_RAM);
constexpr unsigned ROOT_DEVICES = 256;
constexpr unsigned ROOT_RAM = 258;
constexpr unsigned ROOT_STACKS = 260;
// lab 1 task 2: hole root-index
static_assert(sv39::index_at(Page::containing(VirtAddr(KERNEL_STACKS)), 2) == ROOT_STACKS);
// lab 1 end

// One kernel runs on the machine, and this is its half of every space; written once, before any
// space exists.
struct KernelMap {
    sv39::Table root;
    sv39::Table ram;   // 2 MiB leaves
    sv39::Table image; // the kernel image, by pages
    sv39::Table stacks_above;
    sv39::Table stacks; // kernel stacks, by pages
};
constinit KernelMap kernel_map;

Frame frame_of(const sv39::Table& table) { return Frame::containing(physical(&table)); }

Rights rights_at(PhysAddr address) {
    if (address < physical(kernel_start))
        return Rights::read_write();
    if (address < physical(kernel_text_end))
        return Rights::read_execute();
    if (address < physical(kernel_constants_end))
        return Rights::read();
    return Rights::read_write();
}

} // namespace

void enter_kernel_map(PhysAddr memory_end) {
    const PhysAddr image_start(KERNEL_LOAD);
    if (physical(kernel_end) - image_start > LARGE)
        panic("the kernel image is larger than 2 MiB");
    for (unsigned i = 0; i < sv39::ENTRIES; ++i) {
        const PhysAddr large = RAM_BASE + i * LARGE;
        if (large >= image_start && large < memory_end)
            kernel_map.ram.entries[i] =
                Pte::leaf(Frame::containing(large), PteFlags::kernel(Rights::read_write()));
        const PhysAddr small = image_start + i * PAGE_SIZE;
        kernel_map.image.entries[i] =
            Pte::leaf(Frame::containing(small), PteFlags::kernel(rights_at(small)));
    }
    kernel_map.ram.entries[(image_start - RAM_BASE) / LARGE] =
        Pte::table(frame_of(kernel_map.image));
    kernel_map.root.entries[ROOT_RAM] = Pte::table(frame_of(kernel_map.ram));
    kernel_map.image.entries[sv39::index_at(boot_stack_guard_page(), 0)] = Pte();
    kernel_map.stacks_above.entries[0] = Pte::table(frame_of(kernel_map.stacks));
    kernel_map.root.entries[ROOT_STACKS] = Pte::table(frame_of(kernel_map.stacks_above));
    kernel_map.root.entries[ROOT_DEVICES] =
        Pte::leaf(Frame(0), PteFlags::kernel(Rights::read_write()));
    // lab 1 task 7: hole map-check
    // lab 1 end
    csr::write_satp(kernel_root(), sv39::Asid(0));
    csr::fence_all();
}

void share_kernel_half(sv39::Table& root) {
    std::copy(kernel_map.root.entries.begin() + sv39::ENTRIES / 2, kernel_map.root.entries.end(),
              root.entries.begin() + sv39::ENTRIES / 2);
}

sv39::Table& kernel_stack_table() { return kernel_map.stacks; }

Page boot_stack_guard_page() {
    return Page::containing(VirtAddr(reinterpret_cast<std::uint64_t>(boot_stack_guard)));
}

Frame kernel_root() { return frame_of(kernel_map.root); }
