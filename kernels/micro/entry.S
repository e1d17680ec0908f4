# The microkernel's trap road: a message in registers, everything else with everything saved.
# SPDX-License-Identifier: MIT
#
# Entered from user mode with sscratch = the running thread's trap frame, which is the thread's
# first member. Next: on_message (syscall.cpp), on_page_fault (fault.cpp), or what entry.cpp has, on
# the hart's one kernel stack, which ends where the hart's state (tp) begins. No thread has a stack
# here: none ever waits inside the kernel.
#
# Registers in the kernel: tp = the hart, s1 = the frame of the thread that trapped (for debuggers).
#include "arch/riscv/trap_macros.S"
#include "kernels/micro/layout.h"

.text
.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    .cfi_startproc
    # 1. Find the frame.
    TRAP_ENTER from_kernel
    # 2. An ecall is a call: what a call may destroy is not kept. Anything else needs t0 back.
    sd t0, TRAP_REGISTER(5)(sp)
    csrr t0, scause
    addi t0, t0, -8
    bnez t0, everything

    # 3. A message: a0..a7 stay what they are, and so become the arguments of on_message.
    TRAP_SAVE_CALL
    mv s1, sp
    mv sp, tp
    TRAP_CALL_CFI s1
    call on_message

    # 4. To the thread that runs now: the same, or another by a direct switch; a new one starts its
    # life here too. Where step 3 left a register unsaved, an older value of the same thread is
    # loaded, never one of the kernel's or of anybody else.
.global trap_return
trap_return:
    ld sp, HART_RUNNING(tp)
    TRAP_CFI sp
    TRAP_RESTORE_ALL
    .cfi_endproc

everything:
    .cfi_startproc
    ld t0, TRAP_REGISTER(5)(sp)
    TRAP_SAVE_ALL
    mv s1, sp
    mv sp, tp
    TRAP_CFI s1
    mv a0, s1
    csrr t0, scause
    TRAP_BRANCH page_fault, interrupt, exception
page_fault:
    call on_page_fault
    j trap_return
exception:
    call on_exception
    j trap_return
interrupt:
    andi t0, t0, 0xff
    li t1, 5
    bne t0, t1, device
    call on_timer
    j trap_return
device:
    call on_device
    j trap_return
from_kernel:
    TRAP_FROM_KERNEL
    .cfi_endproc
.size trap_vector, . - trap_vector
