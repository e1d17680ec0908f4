# A call of the kernel that does nothing.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li a7, 2
    measure
    .global scenario_fault
scenario_fault:
    ecall
    report 1
    leave_machine 0
