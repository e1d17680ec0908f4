# A program that the kernel ends instead of mending its fault.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    .global scenario_fault
scenario_fault:
    ld t0, 0(s0)
    leave_machine 0

    .text
    .global fault_fill
    .type fault_fill, @function
fault_fill:
    li a0, 7
    j power_off
    .size fault_fill, . - fault_fill
