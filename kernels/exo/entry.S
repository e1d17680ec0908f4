# The exokernel's trap roads: an exception saves four registers and jumps; a primitive saves three.
# SPDX-License-Identifier: MIT
#
# While an environment runs, sscratch holds the address of the hart's EntryFrame (entry_layout.h),
# the top of its kernel stack; while the kernel runs C++, 0. Next: an exception goes to the library
# OS's exception entry (libos/entry.S), a primitive to its function (table in entry.cpp) or to
# ipc.S, an interrupt to on_timer or on_device.
#include "arch/riscv/trap_layout.h"
#include "abi/address_map.h"
#include "abi/exo/layout.h"
#include "entry_layout.h"

.cfi_sections .debug_frame

# For the probe: where the environments' records begin and end in `kernel`, and how long each is.
.global environments_begin, environments_end, environment_size
.set environments_begin, KERNEL_ENVIRONMENTS
.set environments_end, KERNEL_ENVIRONMENTS_END
.set environment_size, ENVIRONMENT_SIZE

# What a debugger needs while nearly all registers are the environment's own: it was interrupted at
# sepc, CSR 0x141, which DWARF numbers 4096 + 0x141.
.macro EXCEPTION_CFI
    .cfi_signal_frame
    .cfi_def_cfa sp, 0
    .cfi_return_column TRAP_RETURN_COLUMN
.endm

# The same, once its ra lies in the save area: DW_CFA_expression of x1, 2 bytes: DW_OP_breg6 (t1)
# EXO_SAVE_RA.
.macro SAVED_RA_CFI
    .cfi_escape 0x10, 1, 2, 0x76, EXO_SAVE_RA
.endm

# The same on the kernel stack, with sp at the EntryFrame.
.macro KERNEL_STACK_CFI
    .cfi_signal_frame
    .cfi_def_cfa sp, ENTRY_FRAME_SIZE
    .cfi_return_column TRAP_RETURN_COLUMN
    .cfi_offset TRAP_RETURN_COLUMN, ENTRY_PC - ENTRY_FRAME_SIZE
    .cfi_offset ra, ENTRY_RA - ENTRY_FRAME_SIZE
    .cfi_offset sp, ENTRY_SP - ENTRY_FRAME_SIZE
    .cfi_offset tp, ENTRY_TP - ENTRY_FRAME_SIZE
.endm

# t1 = where the slice's owner wants its exceptions saved; two registers more to work with.
.macro BEGIN_SAVE
    ld t1, ENTRY_SAVE_AREA(t0)
    sd ra, EXO_SAVE_RA(t1)
    sd t2, EXO_SAVE_T2(t1)
.endm

# From an environment (t0 = EntryFrame) onto the kernel stack. Clobbers t0.
.macro ENTER_KERNEL_STACK pc_step
    sd ra, ENTRY_RA(t0)
    sd sp, ENTRY_SP(t0)
    sd tp, ENTRY_TP(t0)
    mv sp, t0
    ld tp, ENTRY_HART(sp)
    csrr t0, sepc
    addi t0, t0, \pc_step
    sd t0, ENTRY_PC(sp)
    csrw sscratch, zero
.endm

.text
.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    .cfi_startproc
    EXCEPTION_CFI
    # 1. t0 = EntryFrame; the environment's t0 waits in sscratch.
    csrrw t0, sscratch, t0
    beqz t0, from_kernel
    # 2. Branch by cause: the top bit tells an interrupt, 8 is ecall, 12 to 15 are page faults.
    sd t1, ENTRY_T1(t0)
    csrr t1, scause
    bltz t1, interrupt
    addi t1, t1, -8
    beqz t1, primitive
    addi t1, t1, -4
    sltiu t1, t1, 4
    # 3. An exception.
    beqz t1, other_exception
    BEGIN_SAVE
    SAVED_RA_CFI
    jal fault_receive
to_library_os:
    jal fault_dispatch
    # 4. To the exception entry: t0 = the save area, and nothing of the kernel's in the others.
    li t0, EXO_ENVIRONMENT
    li t1, 0
    li t2, 0
    li ra, 0
    sret

    # Any other exception takes the same road; only the stage's name belongs to page faults.
other_exception:
    BEGIN_SAVE
    jal exception_receive
    j to_library_os

from_kernel:
    csrrw t0, sscratch, t0
    mv a0, sp
    lla sp, emergency_stack_end
    call kernel_trap
    .cfi_endproc
.size trap_vector, . - trap_vector

# What happened? The rest of the four registers, and what the hardware says of it, go into the save
# area. t0 = EntryFrame, t1 = save area; clobbers t2.
.macro RECEIVE
    .cfi_startproc
    csrrw t2, sscratch, zero
    sd t2, EXO_SAVE_T0(t1)
    ld t2, ENTRY_T1(t0)
    sd t2, EXO_SAVE_T1(t1)
    csrr t2, sepc
    sd t2, EXO_SAVE_PC(t1)
    csrr t2, scause
    sd t2, EXO_SAVE_CAUSE(t1)
    csrr t2, stval
    sd t2, EXO_SAVE_ADDRESS(t1)
    ret
    .cfi_endproc
.endm

.global fault_receive
.type fault_receive, @function
fault_receive:
    RECEIVE
.size fault_receive, . - fault_receive

.type exception_receive, @function
exception_receive:
    RECEIVE
.size exception_receive, . - exception_receive

# Who is responsible, and how is it reached? The owner of the slice that runs; by a jump to its
# exception context. t0 = EntryFrame, t1 = save area; clobbers t2.
.global fault_dispatch
.type fault_dispatch, @function
fault_dispatch:
    .cfi_startproc
    # 1. One exception at a time: the area is free, and full from now on.
    ld t2, EXO_SAVE_IN_USE(t1)
    bnez t2, undeliverable
    li t2, 1
    sd t2, EXO_SAVE_IN_USE(t1)
    # 2. The running slice's environment -> its exception context.
    ld t2, ENTRY_ENVIRONMENT(t0)
    ld t2, ENVIRONMENT_EXCEPTION_ENTRY(t2)
    csrw sepc, t2
    # 3. Ready for the next trap.
    csrw sscratch, t0
    ret

    # Nobody can take it: scause, stval and sepc still tell what it was.
undeliverable:
    .cfi_undefined ra
    mv sp, t0
    ld tp, ENTRY_HART(sp)
    call end_undeliverable
    .cfi_endproc
.size fault_dispatch, . - fault_dispatch

# A primitive: the arguments are where C++ wants them, and what a call may clobber is the caller's
# loss.
.type primitive, @function
primitive:
    .cfi_startproc
    EXCEPTION_CFI
    li t1, -EXO_TRANSFER_RETURN
    add t1, t1, a7
    li t2, EXO_BINDINGS + 1
    bltu t1, t2, transfer
    # 1. Onto the kernel stack; the environment goes on behind its 4-byte ecall.
    ENTER_KERNEL_STACK 4
    KERNEL_STACK_CFI
    # 2. Number -> function; number 0 stands for all that there are not. The arguments are in a0
    # to a3.
    li t0, EXO_PRIMITIVES
    bltu a7, t0, 1f
    li a7, 0
1:  lla t0, primitive_table
    slli a7, a7, 3
    add t0, t0, a7
    ld t0, 0(t0)
    jalr t0
    # 3. Back with a0 and a1, and nothing else of the kernel's.
primitive_return:
    ld t0, ENTRY_PC(sp)
    csrw sepc, t0
    csrw sscratch, sp
.irp register, t0, t1, t2, t3, t4, t5, t6, a2, a3, a4, a5, a6, a7
    li \register, 0
.endr
    ld ra, ENTRY_RA(sp)
    ld tp, ENTRY_TP(sp)
    ld sp, ENTRY_SP(sp)
    sret
    .cfi_endproc
.size primitive, . - primitive

# enter_environment(a0 = EntryFrame): user mode at the frame's pc. No register has anything of who
# ran before.
.global enter_environment
.type enter_environment, @function
enter_environment:
    mv sp, a0
    li a0, 0
    li a1, 0
    li gp, 0
    sd zero, ENTRY_RA(sp)
    sd zero, ENTRY_SP(sp)
    sd zero, ENTRY_TP(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    li s\n, 0
.endr
    j primitive_return
.size enter_environment, . - enter_environment

# An interrupt: nobody asked for it, so every register that C++ may clobber is kept, below the
# EntryFrame. (t1 lies in the EntryFrame, t0 in sscratch.)
.type interrupt, @function
interrupt:
    .cfi_startproc
    EXCEPTION_CFI
    csrrw t1, sscratch, zero
    sd t1, (8 * 5 - ENTRY_INTERRUPT_SIZE)(t0)
    ENTER_KERNEL_STACK 0
    KERNEL_STACK_CFI
    addi sp, sp, -ENTRY_INTERRUPT_SIZE
    .cfi_def_cfa sp, ENTRY_FRAME_SIZE + ENTRY_INTERRUPT_SIZE
.irp register, 7, 28, 29, 30, 31, 10, 11, 12, 13, 14, 15, 16, 17
    sd x\register, (8 * \register)(sp)
.endr
    csrr t0, scause
    andi t0, t0, 0xff
    li t1, 9 # supervisor external interrupt; others are the timer's, and what ipc.S makes of it
    beq t0, t1, device
    csrci sip, 1 << 1
    call on_timer
    j interrupt_return
device:
    call on_device
interrupt_return:
.irp register, 7, 28, 29, 30, 31, 10, 11, 12, 13, 14, 15, 16, 17
    ld x\register, (8 * \register)(sp)
.endr
    ld t1, (ENTRY_PC + ENTRY_INTERRUPT_SIZE)(sp)
    csrw sepc, t1
    ld t0, (8 * 5)(sp)
    addi sp, sp, ENTRY_INTERRUPT_SIZE
    .cfi_def_cfa sp, ENTRY_FRAME_SIZE
    csrw sscratch, sp
    ld t1, ENTRY_T1(sp)
    ld ra, ENTRY_RA(sp)
    ld tp, ENTRY_TP(sp)
    ld sp, ENTRY_SP(sp)
    sret
    .cfi_endproc
.size interrupt, . - interrupt
