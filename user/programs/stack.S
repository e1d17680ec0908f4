# The named instruction of scenario stack: a store below everything that the stack held so far.
# SPDX-License-Identifier: MIT

.cfi_sections .debug_frame

# use_stack(a0 = bytes, a1 = value): moves the stack pointer down by so many bytes (a multiple of
# 16), stores there, loads again, and moves it back; the word loaded.
.macro USE_STACK name, label
.global \name
.type \name, @function
\name:
    .cfi_startproc
    sub t0, sp, a0
    mv t1, sp
    .cfi_register sp, t1
    mv sp, t0
\label
    sd a1, 0(sp)
    ld a0, 0(sp)
    mv sp, t1
    .cfi_restore sp
    ret
    .cfi_endproc
.size \name, . - \name
.endm

.text
.global scenario_fault
USE_STACK use_stack
USE_STACK grow_stack, scenario_fault:
