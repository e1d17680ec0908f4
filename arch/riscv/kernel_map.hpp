// The kernel's half of every address space.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/sv39.hpp"

// Builds the final map (text executable, constants read-only, all else writable; the direct map up
// to MEMORY_END) and puts it in force. Called once, by start.cpp.
void enter_kernel_map(PhysAddr memory_end);

// Makes ROOT, a zeroed root table, the root of a new address space: the kernel's half is shared by
// all.
void share_kernel_half(sv39::Table& root);

// The table of the last level that maps KERNEL_STACKS (kernel_stack_area.hpp).
sv39::Table& kernel_stack_table();

// The boot stack's guard page, which no translation covers.
Page boot_stack_guard_page();

// The root that holds nothing but the kernel's half.
Frame kernel_root();
