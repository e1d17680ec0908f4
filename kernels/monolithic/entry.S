# The monolithic kernel's trap road: save everything, branch by cause, restore everything.
# SPDX-License-Identifier: MIT
#
# Entered from user mode with sscratch = the running process's trap frame, the top of its kernel
# stack. Next: on_page_fault (fault.cpp), call_receive (syscall.cpp), or what entry.cpp has, with
# the frame in a0 and on that stack.
#include "arch/riscv/trap_macros.S"

.text
.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    .cfi_startproc
    # 1. Find the frame.
    TRAP_ENTER from_kernel
    # 2. All registers: the C++ below may use any of them, and may switch to another process.
    TRAP_SAVE_ALL
    TRAP_CFI
    # 3. What kind of trap?
    mv a0, sp
    csrr t0, scause
    TRAP_IF_CALL system_call
    TRAP_BRANCH page_fault, interrupt, exception

    # A new process starts its life here, with the frame in sp as after a trap.
.global first_return
first_return:
    call on_first_turn
    j trap_return

page_fault:
    jal on_page_fault
    j trap_return
    # The road of a system call (syscall.cpp): what is asked; the answer, as often as it takes;
    # where it goes.
wait:
    jal call_wait
    j serve
system_call:
    jal call_receive
serve:
    addi a0, sp, TRAP_REGISTER(10)
    jal call_serve
    bnez a1, wait # no answer yet (call::Answer)
    mv a1, a0
    mv a0, sp
    jal call_answer
    # 4. Back to the program.
trap_return:
    TRAP_RESTORE_ALL

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
