# The named instruction of scenario policy: a cyclic scan in one page of code, without a stack.
# SPDX-License-Identifier: MIT
#
# While it runs it touches this page and the scanned ones, and nothing else, so that the faults
# counted are the scan's own.

.text
.balign 64
# scan(a0 = first page, a1 = pages, a2 = rounds): loads a word from each page, round after round;
# the words' sum.
.global scan
.type scan, @function
scan:
    li a3, 0
    li t2, 4096
1:  mv t0, a0
    mv t1, a1
2:
.global scenario_fault
scenario_fault:
    ld a4, 0(t0)
    add a3, a3, a4
    add t0, t0, t2
    addi t1, t1, -1
    bnez t1, 2b
    addi a2, a2, -1
    bnez a2, 1b
    mv a0, a3
    ret
.size scan, . - scan
