# A store to an absent page, after system calls and before others.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    li a7, 2
    ecall
    ecall
    measure
    .global scenario_fault
scenario_fault:
    sw t0, 0x24(s0)
    report 1
    li a7, 2
    ecall
    leave_machine 0
