# The rig's way out of a student's code that must not go on, and out of a trap.
# SPDX-License-Identifier: MIT
.text
# attempt(a0 = work, a1 = its argument)
.global attempt
.type attempt, @function
attempt:
    # 1. Keep what a call keeps, and where.
    addi sp, sp, -112
    sd ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, 8 + 8 * \n(sp)
.endr
    la t0, attempt_stack
    sd sp, 0(t0)
    # 2. Work.
    mv t0, a0
    mv a0, a1
    jalr t0
    j back
.global give_up
.type give_up, @function
give_up:
    la t0, attempt_stack
    ld sp, 0(t0)
    # 3. All as it was.
back:
    ld ra, 0(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, 8 + 8 * \n(sp)
.endr
    addi sp, sp, 112
    ret
.size attempt, . - attempt

.balign 4
.global trap_vector
.type trap_vector, @function
trap_vector:
    # No stack is known to be good.
    lla sp, emergency_stack_end
    call fault_receive
.size trap_vector, . - trap_vector

.bss
.balign 8
attempt_stack:
    .zero 8
