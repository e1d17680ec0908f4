# What the callee's environment does: a page of instructions, to be entered and to be excepted.
# SPDX-License-Identifier: MIT
#
# callee.cpp copies the page into its environment. Before: a transfer (visit_callee in counting.S),
# with a0 = where to go on here and a1 = an address. Next: back to the caller, with readings of the
# counter in a2 to a4 and the cause of an exception in a5. It has no stack, and keeps to itself what
# the caller keeps in other registers.
#include "abi/exo/layout.h"

.text
.balign 8
.option push
.option norvc
.option norelax
.global callee_page
callee_page:

# The protected entry.
.global callee_entry
callee_entry:
    rdinstret a2
    jr a0

.global callee_returns
callee_returns:
    li a7, EXO_TRANSFER_RETURN
    rdinstret a3
    ecall
    unimp

# One exception each. Nothing is mapped at a1.
.global callee_loads
callee_loads:
    rdinstret a3
    ld a6, 0(a1)
.global callee_stores
callee_stores:
    rdinstret a3
    sd zero, 0(a1)
.global callee_jumps
callee_jumps:
    rdinstret a3
    jr a1
.global callee_breaks
callee_breaks:
    rdinstret a3
    ebreak
.global callee_is_illegal
callee_is_illegal:
    rdinstret a3
    unimp

# The exception context. t0 = the save area: it is free again, and has the caller's ra.
.global callee_excepted
callee_excepted:
    rdinstret a4
    sd zero, EXO_SAVE_IN_USE(t0)
    ld a5, EXO_SAVE_CAUSE(t0)
    ld ra, EXO_SAVE_RA(t0)
    li a7, EXO_TRANSFER_RETURN
    ecall
    unimp

.global callee_page_end
callee_page_end:
.option pop
