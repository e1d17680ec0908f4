# The named instruction of scenario exception: one that no machine has.
# SPDX-License-Identifier: MIT

.text
# raise_exception(): the exception; a handler that goes on at scenario_resumed lets it return.
.macro RAISE name, here, behind
.global \name
.type \name, @function
\name:
\here
    .word 0xc0001073 # csrrw zero, cycle, zero: writes to what can only be read
\behind
    ret
.size \name, . - \name
.endm

.global scenario_fault, scenario_resumed
RAISE raise_beforehand
RAISE raise_exception, scenario_fault:, scenario_resumed:
