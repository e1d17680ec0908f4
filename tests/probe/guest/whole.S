# The whole run, firmware included: the exit status is the lower seven bits of rdinstret.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    .global scenario_fault
scenario_fault:
    rdinstret a0
    andi a0, a0, 0x7f               # from here to the last store: 3 + 16 + 2 + 2 + 6
    li a7, 1
    ecall
