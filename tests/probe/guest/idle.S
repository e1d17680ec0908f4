# A wait for the timer within the fault: asleep, nothing executes.
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
    li t0, 0x20
    csrs sie, t0
    ret

    .global fault_fill              # 12
    .type fault_fill, @function
fault_fill:
    rdtime a0
    li t0, 1000000                  # a tenth of a second
    add a0, a0, t0
    li a6, 0
    lui a7, 0x54495
    addiw a7, a7, -699
    ecall
    wfi
    csrsi sstatus, 2
    csrci sstatus, 2
    ret
    .size fault_fill, . - fault_fill
