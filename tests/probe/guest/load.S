# A load from an absent page.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    measure
    .global scenario_fault
scenario_fault:
    ld t0, 0x18(s0)
    report 1
    leave_machine 0
