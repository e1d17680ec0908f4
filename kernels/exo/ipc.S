# Protected control transfer: another environment goes on in this one's slice, or it returns.
# SPDX-License-Identifier: MIT
#
# What it promises is written in abi/exo/primitives.hpp (Exokernel, SOSP'95, section 5.2.1).
# Before: primitive in entry.S, for EXO_TRANSFER_RETURN and the numbers of slots behind it. Next:
# the callee, at the `transfer` that it has set (Contexts), or the caller. No stack is used.
#include "arch/riscv/trap_layout.h"
#include "abi/exo/layout.h"
#include "entry_layout.h"

.cfi_sections .debug_frame

.text
# t0 = EntryFrame, t1 = a slot + 1, or 0 for the way back. t0 to t4 are the kernel's, and all others
# untouched.
.global transfer
.type transfer, @function
transfer:
    .cfi_startproc
    .cfi_signal_frame
    .cfi_def_cfa sp, 0
    .cfi_return_column TRAP_RETURN_COLUMN
    ld t3, ENTRY_ENVIRONMENT(t0)
    beqz t1, transfer_return
    # 1. Slot -> name; that of an environment, which may at least be read.
    addi t1, t1, -1
    srli t2, t1, 9
    slli t2, t2, 3
    add t2, t2, t3
    ld t2, ENVIRONMENT_PARTS(t2)
    andi t1, t1, 511
    slli t1, t1, 3
    add t2, t2, t1
    ld t1, 0(t2)
    srli t2, t1, 31
    andi t2, t2, 7
    addi t2, t2, -(1 << 2 | 1) # readable, and of kind 1
    bnez t2, transfer_refused
    # 2. Name -> callee, if it is that one still, and can be entered.
    slli t2, t1, 33
    srli t2, t2, 33
    li t4, ENVIRONMENT_SIZE
    mul t2, t2, t4
    ld t4, ENTRY_TABLE(t0)
    add t2, t2, t4
    srli t1, t1, 36
    lwu t4, ENVIRONMENT_EPOCH(t2)
    bne t1, t4, transfer_refused
    lbu t4, ENVIRONMENT_STATE(t2)
    addi t4, t4, -ENVIRONMENT_READY
    bltz t4, transfer_refused
    ld t1, ENVIRONMENT_TRANSFER_ENTRY(t2)
    beqz t1, transfer_refused
    # 3. Neither of the two is in another one.
    beq t2, t3, transfer_refused
    ld t4, ENVIRONMENT_CALLER(t2)
    bnez t4, transfer_refused
    ld t4, ENVIRONMENT_CALLEE(t2)
    bnez t4, transfer_refused
    ld t4, ENVIRONMENT_CALLER(t3)
    bnez t4, transfer_refused
    # 4. From now on it is.
    csrr t4, sepc
    addi t4, t4, 8
    sd t4, ENVIRONMENT_TRANSFER_PC(t3)
    sd t3, ENVIRONMENT_CALLER(t2)
    sd t2, ENVIRONMENT_CALLEE(t3)
    sd zero, ENTRY_OVERRUNS(t0)
    lhu t3, ENVIRONMENT_ID(t3)
    j transfer_to
transfer_return:
    ld t2, ENVIRONMENT_CALLER(t3)
    beqz t2, transfer_refused
    sd zero, ENVIRONMENT_CALLER(t3)
    sd zero, ENVIRONMENT_CALLEE(t2)
    ld t1, ENVIRONMENT_TRANSFER_PC(t2)
    # A slice's end has come meanwhile: the caller is interrupted before its next instruction.
    ld t3, ENTRY_OVERRUNS(t0)
    beqz t3, transfer_to
    csrsi sie, 1 << 1 # the software interrupt, which entry.S takes for the timer's
    csrsi sip, 1 << 1
    li t3, 0
    # t2 = who goes on, t1 = where, t3 = what it finds in t0
transfer_to:
    sd t2, ENTRY_ENVIRONMENT(t0)
    ld t4, ENVIRONMENT_PAGE(t2) # whose save area stands first
    sd t4, ENTRY_SAVE_AREA(t0)
    ld t4, ENVIRONMENT_SATP(t2)
    csrw satp, t4
transfer_end:
    csrw sepc, t1
    csrw sscratch, t0
    mv t0, t3
    li t1, 0
    li t2, 0
    li t3, 0
    li t4, 0
    sret
transfer_refused:
    csrr t1, sepc
    addi t1, t1, 4
    li t3, 0
    j transfer_end
    .cfi_endproc
.size transfer, . - transfer
