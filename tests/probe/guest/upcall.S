# A fault handled in U-mode, as by a library OS: up, one system call to install, and back by a jump.
# SPDX-License-Identifier: MIT
#
# Measured from inside with rdinstret, which the probe must agree with (guest_test.cpp).
    .include "user.inc"
    li s0, data_page
    measure
    .global scenario_fault
scenario_fault:
    ld t0, 0(s0)
    report 1
    leave_machine 0

    .balign 4096
    .global handler
handler:
    nop
    jal ra, fault_resolve
    jal ra, fault_frame
    jal ra, fault_fill
    li a7, 3
    ecall
    jal ra, fault_resume

    .irp name, fault_resolve, fault_frame, fault_fill
    .global \name
    .type \name, @function
\name:
    nop
    ret
    .size \name, . - \name
    .endr

    .global fault_resume            # 4, and never returns
    .type fault_resume, @function
fault_resume:
    nop
    lui t0, %hi(scenario_fault)
    addi t0, t0, %lo(scenario_fault)
    jr t0
    .size fault_resume, . - fault_resume

    .text
    .global fault_dispatch          # 4, and leaves by the trap exit
    .type fault_dispatch, @function
fault_dispatch:
    lui t0, %hi(handler)
    addi t0, t0, %lo(handler)
    sd t0, 72(sp)
    j leave
    .size fault_dispatch, . - fault_dispatch
