# The trap road of a kernel that lets itself be interrupted (spin): one more building block.
# SPDX-License-Identifier: MIT
#
# The contract is in upcalls.hpp. Included after trap_macros.S.

# Instead of TRAP_FROM_KERNEL: HANDLER gets the same, and so does INTERRUPT; when that returns, the
# kernel goes on where it was. Both run on the stack for traps from the kernel, with interrupts off;
# the interrupted stack is not touched. What a call may change is kept.
.macro TRAP_FROM_INTERRUPTIBLE_KERNEL handler, interrupt
    lla sp, emergency_stack_end
    addi sp, sp, -TRAP_FRAME_SIZE
.irp n, 1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    sd x\n, TRAP_REGISTER(\n)(sp)
.endr
    csrrw a0, sscratch, zero
    csrr t0, sepc
    sd a0, TRAP_SP(sp)
    sd t0, TRAP_PC(sp)
    .cfi_signal_frame
    .cfi_def_cfa sp, TRAP_FRAME_SIZE
    .cfi_return_column TRAP_RETURN_COLUMN
    .cfi_offset TRAP_RETURN_COLUMN, TRAP_PC - TRAP_FRAME_SIZE
.irp n, 1, 2, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    .cfi_offset \n, TRAP_REGISTER(\n) - TRAP_FRAME_SIZE
.endr
    csrr t0, scause
    mv a1, ra
    mv a2, s0
    bltz t0, 1f
    call \handler
1:  call \interrupt
.irp n, 1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    ld x\n, TRAP_REGISTER(\n)(sp)
.endr
    ld sp, TRAP_SP(sp)
    sret
.endm
