# A jump into an absent page.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, code_page
    measure
    jalr s0
    report 3
    leave_machine 0

    .section .late, "ax"
    .global scenario_fault
scenario_fault:
    nop
    ret
