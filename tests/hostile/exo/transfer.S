# Protected control transfer by hand.
# SPDX-License-Identifier: MIT
#
# transfer_to(a0, a1: for the callee, a2 = slot, a3 = where to put the instructions of both ways):
# a0 as the callee leaves it, or REFUSED.
#include "abi/exo/layout.h"

#define REFUSED -2000

.text
.option norvc
.global transfer_to
.type transfer_to, @function
transfer_to:
    addi sp, sp, -32
    sd s10, 0(sp)
    sd s11, 8(sp)
    sd a3, 16(sp)
    sd s9, 24(sp)
    li a7, EXO_TRANSFER
    add a7, a7, a2
    rdinstret s11
    ecall
    j 1f
    rdinstret s10
    sub s10, s10, s11
    addi s10, s10, -1 # the second read itself
    ld a3, 16(sp)
    sd s10, 0(a3)
    j 2f
1:  li a0, REFUSED
2:  ld s10, 0(sp)
    ld s11, 8(sp)
    ld s9, 24(sp)
    addi sp, sp, 32
    ret
.size transfer_to, . - transfer_to
