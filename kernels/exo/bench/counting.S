# The readings of the counter around one primitive, and around one visit to the callee.
# SPDX-License-Identifier: MIT
#
# Before: crossings.cpp and callee.cpp. Nothing but what is measured stands between two readings,
# and the first of them, which is one instruction and is taken off.
#include "abi/exo/layout.h"
#include "crossings_layout.h"

.text
.option norvc
# count_primitive(a0 to a3 = arguments, a4 = number): a0 = its instructions, a1 = its answer. s0 is
# kept by the kernel.
.global count_primitive
.type count_primitive, @function
count_primitive:
    addi sp, sp, -16
    sd s0, 0(sp)
    mv a7, a4
    rdinstret s0
    ecall
    rdinstret a2
    mv a1, a0
    sub a0, a2, s0
    addi a0, a0, -1
    ld s0, 0(sp)
    addi sp, sp, 16
    ret
.size count_primitive, . - count_primitive

# visit_callee(a0 = slot, a1 = where the callee goes on, a2 = an address for it, a3 = Visit): a0 is
# 0, or 1: it was refused. The callee reads into a2 to a5 (callee.S) and leaves the others alone.
.global visit_callee
.type visit_callee, @function
visit_callee:
    addi sp, sp, -16
    sd s0, 0(sp)
    sd a3, 8(sp)
    li a7, EXO_TRANSFER
    add a7, a7, a0
    mv a0, a1
    mv a1, a2
    rdinstret s0
    ecall
    j 1f
    rdinstret a6
    ld a0, 8(sp)
    sd s0, VISIT_CALLED(a0)
    sd a2, VISIT_ENTERED(a0)
    sd a3, VISIT_LEAVING(a0)
    sd a4, VISIT_EXCEPTED(a0)
    sd a5, VISIT_CAUSE(a0)
    sd a6, VISIT_RETURNED(a0)
    li a0, 0
    j 2f
1:  li a0, 1
2:  ld s0, 0(sp)
    addi sp, sp, 16
    ret
.size visit_callee, . - visit_callee
