# A fault changes no register: all of them are set, a page is touched, all are checked.
# SPDX-License-Identifier: MIT
#
# gp is left out: the library OS may use it for its last jump (docs/hal.md), and no compiled code
# does.

.text
# touch_with_all_registers(a0 = address of an untouched page): 0, or the number of a register that
# changed.
.global touch_with_all_registers
.type touch_with_all_registers, @function
touch_with_all_registers:
    # 1. Keep what a call must keep.
    addi sp, sp, -128
    sd ra, 0(sp)
    sd tp, 104(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (8 + 8 * \n)(sp)
.endr
    # 2. Every register but sp, gp and a0 gets a value of its own.
.irp n, 1,4,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    li x\n, 0x1000 + \n
.endr
    # 3. The fault.
.global scenario_fault
scenario_fault:
    sd x31, 0(a0)
    # 4. Each still has it.
.irp n, 1,4,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi x\n, x\n, -\n
.endr
    li a0, 0x1000
.irp n, 1,4,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    bne x\n, a0, 90\n\()f
.endr
    li a0, 0
    j 1f
.irp n, 1,4,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
90\n\(): li a0, \n
    j 1f
.endr
    # 5. Back.
1:  ld ra, 0(sp)
    ld tp, 104(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (8 + 8 * \n)(sp)
.endr
    addi sp, sp, 128
    ret
.size touch_with_all_registers, . - touch_with_all_registers
