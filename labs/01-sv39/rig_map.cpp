// The rig's kernel half: boot.S's own three entries, so that no line of a student is needed to
// boot. SPDX-License-Identifier: MIT
//
// Stands in the place of arch/riscv/kernel_map.cpp, which makes the map of a whole kernel, with
// every section's rights, by the functions that are the lab's.
#include "rig.hpp"

#include "abi/address_map.h"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/kernel_map.hpp"

extern "C" const char boot_stack_guard[]; // boot.S

namespace {

constexpr std::uint64_t SV39 = 8ULL << 60; // satp, field MODE
constexpr std::uint64_t FRAME_BITS = (1ULL << 44) - 1;

constinit std::uint64_t boot_root = 0; // its frame
constinit sv39::Table no_stacks;

std::uint64_t* words_of(std::uint64_t frame) {
    return reinterpret_cast<std::uint64_t*>(KERNEL_OFFSET + (frame << PAGE_SHIFT));
}

} // namespace

// The boot's map stays in force.
void enter_kernel_map(PhysAddr /*memory_end*/) {
    std::uint64_t satp;
    asm volatile("csrr %0, satp" : "=r"(satp));
    boot_root = satp & FRAME_BITS;
}

void share_kernel_half(sv39::Table& root) {
    auto* const words = reinterpret_cast<std::uint64_t*>(&root);
    for (unsigned i = sv39::ENTRIES / 2; i < sv39::ENTRIES; ++i)
        words[i] = words_of(boot_root)[i];
}

void put_in_force(std::uint64_t root_frame) {
    asm volatile("csrw satp, %0" ::"r"(SV39 | root_frame) : "memory");
    asm volatile("sfence.vma" ::: "memory");
}

sv39::Table& kernel_stack_table() { return no_stacks; }

Page boot_stack_guard_page() {
    return Page::containing(VirtAddr(reinterpret_cast<std::uint64_t>(boot_stack_guard)));
}

Frame kernel_root() { return Frame(boot_root); }
