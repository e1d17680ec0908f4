# The first instructions after OpenSBI: turn the MMU on and reach C++.
# SPDX-License-Identifier: MIT
#
# Entered in S-mode at the image's physical address, MMU off, a0 = hart, a1 = device tree
# (physical). Next: hal_start in start.cpp.
#include "abi/address_map.h"

.section .text.boot, "ax", @progbits
.global _start
_start:
    # 1. No interrupts; zero .bss, which holds the stack and the final tables.
    csrw sie, zero
    lla t0, kernel_bss_start
    lla t1, kernel_end
1:  sd zero, (t0)
    addi t0, t0, 8
    bltu t0, t1, 1b

    # 2. The boot map: RAM where it stands, and RAM and devices again at KERNEL_OFFSET.
    lla t0, boot_root
    srli t0, t0, 12
    li t1, 8 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma

    # 3. Go on at the high address, on a stack there.
    lla t0, high
    li t1, KERNEL_OFFSET
    add t0, t0, t1
    jr t0
high:
    lla sp, boot_stack_end
    li tp, 0
    li s0, 0
    li ra, 0
    lla t0, boot_trap
    csrw stvec, t0
    csrw sscratch, zero
    tail hal_start

    # A trap before the kernel has set its own vector: nothing can be trusted, so stop here for the
    # debugger.
    .balign 4
boot_trap:
    wfi
    j boot_trap

# Three 1 GiB leaves, readable, writable, executable (flags 0xcf = D A X W R V); gone once
# enter_kernel_map ran.
.section .data.boot_root, "aw", @progbits
.balign 4096
boot_root:
    .fill 2, 8, 0
    .dword (0x80000000 >> 2) | 0xcf
    .fill 253, 8, 0
    .dword 0xcf
    .fill 1, 8, 0
    .dword (0x80000000 >> 2) | 0xcf
    .fill 253, 8, 0

# enter_kernel_map leaves the guard page unmapped.
.section .bss.boot_stack, "aw", @nobits
.balign 4096
.global boot_stack_guard
boot_stack_guard:
    .fill 4096, 1, 0
boot_stack:
    .fill 16384, 1, 0
.global boot_stack_end
boot_stack_end:

# Where a trap from the kernel itself is reported (TRAP_FROM_KERNEL), whatever became of its stack.
.section .bss.emergency_stack, "aw", @nobits
.balign 16
    .fill 8192, 1, 0
.global emergency_stack_end
emergency_stack_end:
