# The named instruction of the scenarios that watch a call: from here until it has returned.
# SPDX-License-Identifier: MIT

.cfi_sections .debug_frame

.text
# watched_call(): calls scenario_action(), the program's own, and returns its result.
.global watched_call
.type watched_call, @function
watched_call:
    .cfi_startproc
    addi sp, sp, -16
    .cfi_def_cfa_offset 16
    sd ra, 8(sp)
    .cfi_offset ra, -8
.global scenario_fault
scenario_fault:
    jal ra, scenario_action
    ld ra, 8(sp)
    .cfi_restore ra
    addi sp, sp, 16
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
.size watched_call, . - watched_call
