# The trap road's building blocks; each kernel's entry.S composes them.
# SPDX-License-Identifier: MIT
#
# Convention: while a program runs, sscratch holds the address of its trap frame (trap_layout.h),
# which is also the top of the kernel stack that serves it. While the kernel runs, sscratch is 0, so
# a trap from the kernel itself is recognised. CFI lets a debugger walk from the kernel into the
# program.
#include "arch/riscv/trap_layout.h"

.cfi_sections .debug_frame

# All registers but x0, and sp, which is saved by hand.
.macro FOR_EACH_REGISTER op, base
.irp n, 1, 3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \op x\n, TRAP_REGISTER(\n)(\base)
.endr
.endm

# What a debugger needs: at this point FRAME is the frame, and every register of the program lies in
# it.
.macro TRAP_CFI frame=sp
    .cfi_signal_frame
    .cfi_def_cfa \frame, TRAP_FRAME_SIZE
    .cfi_return_column TRAP_RETURN_COLUMN
    .cfi_offset TRAP_RETURN_COLUMN, TRAP_PC - TRAP_FRAME_SIZE
.irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    .cfi_offset \n, TRAP_REGISTER(\n) - TRAP_FRAME_SIZE
.endr
.endm

# 1. From the program: sp becomes the frame; from the kernel: go to FROM_KERNEL with sp and sscratch
# as they were.
.macro TRAP_ENTER from_kernel
    csrrw sp, sscratch, sp
    beqz sp, \from_kernel
.endm

# 2. Save everything. Afterwards tp is the hart, t0 the trap's pc, and sscratch 0.
.macro TRAP_SAVE_ALL
    # lab 2 task 1: hole save-all
    FOR_EACH_REGISTER sd, sp
    csrrw t1, sscratch, zero
    csrr t0, sepc
    sd t1, TRAP_SP(sp)
    sd t0, TRAP_PC(sp)
    ld tp, TRAP_HART(sp)
    # lab 2 end
.endm

# 2. (where an ecall is a call, micro) Save what a call keeps, and where the program goes on: after
# its ecall. a0..a7 stay what they are. Afterwards tp is the hart, and sscratch 0. Clobbers t0, t1.
.macro TRAP_SAVE_CALL
    # lab 2 task 1: hole save-call
.irp n, 1, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
    sd x\n, TRAP_REGISTER(\n)(sp)
.endr
    csrrw t1, sscratch, zero
    csrr t0, sepc
    addi t0, t0, 4
    sd t1, TRAP_SP(sp)
    sd t0, TRAP_PC(sp)
    ld tp, TRAP_HART(sp)
    # lab 2 end
.endm

# TRAP_CFI for it: the program's other registers are gone.
.macro TRAP_CALL_CFI frame
    TRAP_CFI \frame
.irp n, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    .cfi_undefined \n
.endr
.endm

# 3. Branch by cause, which is in t0, to labels of the kernel's entry.S, in the order of what is
# frequent: first TRAP_IF_CALL, where calls have no road of their own. They clobber t1. (Privileged
# Architecture, scause: the top bit tells an interrupt; 8 is ecall; 12, 13, 15 are page faults.)
.macro TRAP_IF_CALL system_call
    li t1, 8
    beq t0, t1, \system_call
.endm
.macro TRAP_BRANCH page_fault, interrupt, exception
    addi t1, t0, -12
    sltiu t1, t1, 4
    bnez t1, \page_fault
    bltz t0, \interrupt
    j \exception
.endm

# A trap from the kernel itself (FROM_KERNEL above): HANDLER, which does not return, gets the
# kernel's sp, ra and s0 (its frame pointer), on a stack that is known to be good.
.macro TRAP_FROM_KERNEL handler=kernel_trap
    csrrw sp, sscratch, sp
    mv a0, sp
    mv a1, ra
    mv a2, s0
    lla sp, emergency_stack_end
    call \handler
.endm

# 4. Back to the program whose frame is in sp.
.macro TRAP_RESTORE_ALL
    # lab 2 task 1: hole restore-all
    ld t0, TRAP_PC(sp)
    csrw sepc, t0
    csrw sscratch, sp
    FOR_EACH_REGISTER ld, sp
    ld sp, TRAP_SP(sp)
    sret
    # lab 2 end
.endm
