# A timer interrupt that falls into the fault, while the kernel fills the page.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    measure
    .global scenario_fault
scenario_fault:
    ld t0, 0(s0)
    report 1
    leave_machine 0

    .text
    .global guest_boot
guest_boot:
    li t0, 0x20                     # the supervisor timer interrupt
    csrs sie, t0
    ret

    .global fault_fill              # 8 + 1 + 2 * 2000 + 2, the interrupt somewhere in the loop
    .type fault_fill, @function
fault_fill:
    rdtime a0
    addi a0, a0, 20                 # 2000 instructions
    li a6, 0
    lui a7, 0x54495                 # "TIME", set_timer
    addiw a7, a7, -699
    ecall
    csrsi sstatus, 2
    li t2, 2000                     # 8
1:  addi t2, t2, -1
    bnez t2, 1b
    csrci sstatus, 2
    ret
    .size fault_fill, . - fault_fill
