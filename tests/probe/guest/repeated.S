# A fault that the kernel mends only at the third time.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    measure
    .global scenario_fault
scenario_fault:
    lw t0, 0(s0)
    report 1
    leave_machine 0

    .text
    .global guest_boot
guest_boot:
    lla t0, repeats
    li t1, 2
    sd t1, 0(t0)
    ret
