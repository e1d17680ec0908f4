# A read-modify-write on an absent page, then a load-reserved and store-conditional pair.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    measure
    .global scenario_fault
scenario_fault:
    amoadd.d t0, t1, (s0)
1:  lr.d t0, (s0)
    sc.d t1, t0, (s0)
    bnez t1, 1b
    report 4
    leave_machine 0
