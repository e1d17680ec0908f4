# Lab 2's rig: its way into user mode and out of it, and the program that runs there.
# SPDX-License-Identifier: MIT
#
# Three vectors: the student's own (trap_vector), where a trap's save is looked at; program_vector,
# where only the way back is; astray_vector, while a student's functions are called.

# Where the program stands in its space: a page of code, and one of data behind it.
#include "labs/02-fault/rig_program.h"

.text
# Keeps what a call keeps, and where.
.macro KEEP
    addi sp, sp, -128
    sd ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, 8 + 8 * \n(sp)
.endr
    sd tp, 104(sp)
    sd gp, 112(sp)
    lla t0, kept_sp
    sd sp, 0(t0)
.endm

.global enter_program
.type enter_program, @function
enter_program:
    KEEP
    csrw sscratch, a0
    csrw sepc, a1
    sret
.size enter_program, . - enter_program

# sepc names another instruction before, so that a frame's pc that is not used shows.
.global resume_program
.type resume_program, @function
resume_program:
    KEEP
    csrw sscratch, zero
    mv sp, a0
    j first_return
.size resume_program, . - resume_program

.global leave_program
.type leave_program, @function
leave_program:
    csrw sscratch, zero
    lla t0, kept_sp
    ld sp, 0(t0)
    ld ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, 8 + 8 * \n(sp)
.endr
    ld tp, 104(sp)
    ld gp, 112(sp)
    addi sp, sp, 128
    ret
.size leave_program, . - leave_program

# The program's registers are in memory by now, if all went well: each is free.
.balign 4
.global program_vector
.type program_vector, @function
program_vector:
    csrr t0, sscratch
    lla t1, program_sscratch
    sd t0, 0(t1)
    csrr t0, sepc
    lla t1, program_pc
    sd t0, 0(t1)
    csrr t0, scause
    lla t1, program_cause
    sd t0, 0(t1)
    j leave_program
.size program_vector, . - program_vector

.balign 4
.global astray_vector
.type astray_vector, @function
astray_vector:
    lla sp, emergency_stack_end # no other stack is known to be good
    call went_astray
.size astray_vector, . - astray_vector

.global change_begins, change_ends
.type change_begins, @function
change_begins:
    ret
.size change_begins, . - change_begins
.type change_ends, @function
change_ends:
    ret
.size change_ends, . - change_ends

# The program, copied to a page of its own. Uncompressed, so that ebreak is four bytes.
.option push
.option norvc
.balign 8
.global program_begin, program_load, program_loaded, program_elsewhere, program_end
program_begin:
# Every register gets the word of its number; then the trap.
program_load:
    li x31, PROGRAM_DATA
.irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld x\n, 8 * \n(x31)
.endr
program_loaded:
    ebreak
# Every register is stored behind them, at the address that one of them holds.
.irp base, 5, 31
.global program_dump_\base, program_dumped_\base
program_dump_\base\():
.irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sd x\n, 256 + 8 * \n(x\base)
.endr
program_dumped_\base\():
    ebreak
.endr
program_elsewhere:
    ebreak
program_end:
.option pop

.bss
.balign 8
kept_sp:
    .space 8
.global program_sscratch, program_pc, program_cause
program_sscratch:
    .space 8
program_pc:
    .space 8
program_cause:
    .space 8
