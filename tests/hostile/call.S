# ecall with every register as the caller says; what it needs itself is kept in memory.
# SPDX-License-Identifier: MIT

.text
# ecall_with(a0 = x0..x31, 8 bytes each): before and after.
.global ecall_with
.type ecall_with, @function
ecall_with:
    # 1. Keep what a call must keep, and where the registers are.
    la t0, kept
    sd ra, 0(t0)
    sd sp, 8(t0)
    sd gp, 16(t0)
    sd tp, 24(t0)
    sd a0, 32(t0)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (40 + 8 * \n)(t0)
.endr
    # 2. All of them, a0 last.
.irp n, 1,2,3,4,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,10
    ld x\n, (8 * \n)(a0)
.endr
    ecall
    # 3. One is needed to store the others.
    la t0, kept
    ld t0, 32(t0)
.irp n, 1,2,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sd x\n, (8 * \n)(t0)
.endr
    # 4. Back.
    la t0, kept
    ld ra, 0(t0)
    ld sp, 8(t0)
    ld gp, 16(t0)
    ld tp, 24(t0)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (40 + 8 * \n)(t0)
.endr
    ret
.size ecall_with, . - ecall_with


.bss
.balign 8
kept:
    .fill 17, 8, 0

# An exception of its own, as the entry for exceptions.
.text
.global unimplemented
.type unimplemented, @function
unimplemented:
    unimp
.size unimplemented, . - unimplemented
