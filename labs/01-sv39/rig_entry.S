# The rig's way into user mode and out of it, and what runs there.
# SPDX-License-Identifier: MIT
#
# sscratch is 0 while the rig itself runs; while its program does, the stack pointer of run_program.
.text
# run_program(a0 = pc, a1 = address, a2 = value) -> a0 = cause, a1 = value
.global run_program
.type run_program, @function
run_program:
    # 1. Keep what a call keeps.
    addi sp, sp, -112
    sd ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, 8 + 8 * \n(sp)
.endr
    # 2. Into user mode, by the trap that is not there yet.
    csrw sepc, a0
    csrw sscratch, sp
    mv a0, a1
    mv a1, a2
    sret
.size run_program, . - run_program

.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    csrrw sp, sscratch, sp
    beqz sp, 2f
    # 3. The program's: an ecall is what it makes when all went well.
    csrw sscratch, zero
    csrr a0, scause
    li t0, 8
    bne a0, t0, 1f
    li a0, 0
    j back
1:  csrr a1, stval
back:
    ld ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, 8 + 8 * \n(sp)
.endr
    addi sp, sp, 112
    ret
    # The rig's own: no stack is known to be good.
2:  lla sp, emergency_stack_end
    call fault_receive
.size trap_vector, . - trap_vector

.global change_begins, change_ends
.type change_begins, @function
change_begins:
    ret
.size change_begins, . - change_begins
.type change_ends, @function
change_ends:
    ret
.size change_ends, . - change_ends

# User code; it stands in the program's 1 GiB page like all of memory.
.global program_load, program_store, program_fetch
program_load:
    ld a1, 0(a0)
    ecall
program_store:
    sd a1, 0(a0)
    ecall
program_fetch:
    li a1, 0
    jr a0
