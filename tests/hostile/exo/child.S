# What children made by hand do; their maker copies the page and says where they begin.
# SPDX-License-Identifier: MIT
#
# A child has no stack and no data but the page at CHILD_DATA (child.hpp, ChildData).
#include "abi/exo/layout.h"
#include "abi/address_map.h"

#define CHILD_DATA 0x20001000
#define CALLS 0
#define BEGUN 8
#define DONE 16
#define TERMS 24
#define CALL 96
#define CALL_SIZE 56
#define TERM_WORDS 8
#define WORD 88
#define WAIT 17
#define SELF -1
#define YIELD 18
#define PARTNER 5
#define EXIT 26

.text
.balign 8
.option push
.option norelax
.global child_page
child_page:

# Does the calls that it is given, one after the other, and yields.
.global child_serves
child_serves:
    li s0, CHILD_DATA
    ld t0, BEGUN(s0)
    addi t0, t0, 1
    sd t0, BEGUN(s0)
    ld t0, CALLS(s0)
    beqz t0, 3f
    # 1. The terms of a wait. Both pages are its own: nothing here faults.
    li t1, EXO_ENVIRONMENT + EXO_INTERRUPTED + EXO_SAVE_SIZE
    addi t2, s0, TERMS
    li t3, TERM_WORDS
1:  ld t4, 0(t2)
    sd t4, 0(t1)
    addi t2, t2, 8
    addi t1, t1, 8
    addi t3, t3, -1
    bnez t3, 1b
    # 2. The calls. One that does not return is not done again.
    addi s1, s0, CALL
2:  ld t0, CALLS(s0)
    beqz t0, 3f
    addi t0, t0, -1
    sd t0, CALLS(s0)
    ld a7, 0(s1)
    ld a0, 8(s1)
    ld a1, 16(s1)
    ld a2, 24(s1)
    ld a3, 32(s1)
    ecall
    sd a0, 40(s1)
    sd a1, 48(s1)
    ld t0, DONE(s0)
    addi t0, t0, 1
    sd t0, DONE(s0)
    addi s1, s1, CALL_SIZE
    j 2b
    # 3. Its next slice begins above.
3:  li a0, SELF
    li a7, YIELD
    ecall
    j child_serves

# At the end of a slice: it goes on, and yields when it is done. t0 = the save area.
.global child_goes_on
child_goes_on:
    ld tp, 0(t0)
    ld t0, EXO_SAVE_T0(t0)
    jr tp

.global child_spins
child_spins:
    j child_spins

# An exception entry that frees the save area and causes the next exception.
.global child_faults_again
child_faults_again:
    sd zero, EXO_SAVE_IN_USE(t0)
.global child_faults
child_faults:
    unimp

# Gives its time to a partner, who does the same.
.global child_plays
child_plays:
    li s0, CHILD_DATA
    ld t0, BEGUN(s0)
    addi t0, t0, 1
    sd t0, BEGUN(s0)
    li a0, PARTNER
    li a7, YIELD
    ecall
    j child_plays

# Calls its partner again and again, and heeds no announcement.
.global child_calls_for_ever
child_calls_for_ever:
    li a7, EXO_TRANSFER + PARTNER
.option push
.option norvc
    ecall
    unimp # refused
.option pop
    j child_calls_for_ever

# A protected entry where nearly all of the time passes.
.global child_dawdles
child_dawdles:
    li t1, CHILD_DATA
    ld t0, WORD(t1)
    addi t0, t0, 1
    sd t0, WORD(t1)
    li t0, 2000
1:  addi t0, t0, -1
    bnez t0, 1b
    li a7, EXO_TRANSFER_RETURN
    ecall
    unimp

# A protected entry: the sum of a0 and a1, and who called.
.global child_adds
child_adds:
    add a0, a0, a1
    li a1, CHILD_DATA
    sd t0, WORD(a1)
    li a7, EXO_TRANSFER_RETURN
    ecall
    unimp

# One that first tries to wait and to yield; what it is told comes back in a0 and a1.
.global child_waits_for_nobody
child_waits_for_nobody:
    li a0, 0
    li a1, -1
    li a7, WAIT
    ecall
    mv s9, a0
    li a0, SELF
    li a7, YIELD
    ecall
    mv a1, a0
    mv a0, s9
    li a7, EXO_TRANSFER_RETURN
    ecall
    unimp

# A protected entry that its environment does not outlive.
.global child_exits
child_exits:
    li a7, EXIT
    ecall
    unimp

# Nobody has called: refused, and it goes on right behind the ecall.
.global child_returns_to_nobody
child_returns_to_nobody:
    li a7, EXO_TRANSFER_RETURN
    ecall
    j child_serves
    unimp

.global child_page_end
child_page_end:
.option pop
