# The SPIN kernel's trap road: save everything, branch by cause, restore everything.
# SPDX-License-Identifier: MIT
#
# Entered from user mode with sscratch = the running strand's trap frame, the top of its kernel
# stack. Next: on_page_fault (fault.cpp), call_receive (syscall.cpp), or what entry.cpp has, with
# the frame in a0 and on that stack.
#include "arch/riscv/trap_macros.S"
#include "arch/riscv/interrupt_macros.S"

.text
.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    .cfi_startproc
    # 1. Find the frame.
    TRAP_ENTER from_kernel
    # 2. All registers: the C++ below may use any of them, and may switch to another strand.
    TRAP_SAVE_ALL
    TRAP_CFI
    # 3. What kind of trap?
    mv a0, sp
    csrr t0, scause
    TRAP_IF_CALL system_call
    TRAP_BRANCH page_fault, interrupt, exception

    # A program's strand starts its life here, with the frame in sp as after a trap, and one that is
    # given up (fall.cpp) goes on here.
.global first_return
first_return:
    call on_first_turn
    j trap_return

page_fault:
    call on_page_fault
    # 4. Back to the program.
trap_return:
    TRAP_RESTORE_ALL

    # The road of a system call (syscall.cpp): who is to answer; he does; where the answer goes.
system_call:
    mv a0, sp
    jal call_receive # a0: the strand, a1: the handler
    mv t0, a1
    beqz t0, choose
serve:
    addi a1, sp, TRAP_REGISTER(10)
    jalr t0
    mv a1, a0
    mv a0, sp
    jal call_answer
    j trap_return
choose:
    mv a0, sp
    jal call_choose
    mv t0, a1
    j serve
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
    # 5. The kernel itself, or an extension, broke or was interrupted.
from_kernel:
    TRAP_FROM_INTERRUPTIBLE_KERNEL trap_in_kernel, on_kernel_interrupt
    .cfi_endproc
.size trap_vector, . - trap_vector
