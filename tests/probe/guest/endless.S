# A program that never ends; the limit must.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    .global scenario_fault
scenario_fault:
    j scenario_fault
