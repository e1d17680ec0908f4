# User code for the HAL's tests, and the way into user mode and out of it.
# SPDX-License-Identifier: MIT
#include "arch/riscv/trap_macros.S"

.text
# enter_user(a0 = trap frame, a1 = KernelContext of the caller, which leave_user goes back to).
.global enter_user
.type enter_user, @function
enter_user:
    addi sp, sp, -16
    sd ra, 8(sp)
    sd a0, 0(sp)
    # 1. Keep the caller by switching to 2, on the same stack.
    mv t0, a1
    addi sp, sp, -112
    lla t1, 2f
    sd t1, 0(sp)
    sd sp, 8(sp)
    mv a0, t0
    mv a1, sp
    call switch_context
    # 3. Somebody switched back.
    addi sp, sp, 112
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    # 2. Into user mode.
2:  ld sp, 112(sp)
    TRAP_RESTORE_ALL
.size enter_user, . - enter_user

.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    .cfi_startproc
    TRAP_ENTER from_kernel
    TRAP_SAVE_ALL
    TRAP_CFI
    mv a0, sp
    csrr t0, scause
    TRAP_IF_CALL system_call
    TRAP_BRANCH page_fault, interrupt, exception
page_fault:
    call on_page_fault
system_call:
    call on_syscall
exception:
    call on_exception
interrupt:
    andi t0, t0, 0xff
    li t1, 5
    bne t0, t1, device
    call on_timer
device:
    call on_device
from_kernel:
    TRAP_FROM_KERNEL
    .cfi_endproc
.size trap_vector, . - trap_vector

# One page of user code, mapped at USER_CODE.
.balign 4096
.global user_ecall, user_load, user_store, user_illegal
.global user_counters, user_other_counter, user_spin
user_ecall:
    addi a0, a0, 1
    ecall
user_load:
    ld a1, 0(a0)
user_store:
    sd a0, 0(a0)
user_illegal:
    unimp
user_counters:
    rdcycle a1
    rdtime a2
    rdinstret a3
    ecall
user_other_counter:
    csrr a1, hpmcounter3
user_spin:
    j user_spin
.balign 4096
