# The references of program refer: one instruction makes them all, and it uses no stack.
# SPDX-License-Identifier: MIT

.text
# refer(a0 = address of the first page, a1 = Walk): loads a word of each page that Walk::next
# (abi/lab_replacement.hpp) says; the same arithmetic.
.global refer
.type refer, @function
refer:
    ld t0, 0(a1)                # state
    ld t1, 8(a1)                # hot
    ld t2, 16(a1)               # once
    ld t3, 24(a1)               # count
    li t4, 0                    # made
    li t5, 0                    # passed
    slli t6, t1, 2
    add t6, t6, t1              # 5 hot
    li a2, 1664525
    li a3, 1013904223
    li a6, 3
1:  beq t4, t3, 4f
    mul t0, t0, a2
    add t0, t0, a3
    slli t0, t0, 32
    srli t0, t0, 32
    andi a4, t4, 3
    bne a4, a6, 2f
    # Every fourth: a page that is not used again for long.
    remu a4, t5, t2
    addi t5, t5, 1
    add a4, a4, t6
    j 3f
    # Others: any of this part's.
2:  slli a5, t4, 2
    add a5, a5, t4
    divu a5, a5, t3
    mul a5, a5, t1
    srli a4, t0, 16
    remu a4, a4, t1
    add a4, a4, a5
3:  slli a4, a4, 12
    add a4, a4, a0
.global scenario_fault
scenario_fault:
    ld a4, 0(a4)
    addi t4, t4, 1
    j 1b
4:  ret
.size refer, . - refer
