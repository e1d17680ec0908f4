# Where control enters the tiny library OS: its own slices, and calls of others.
# SPDX-License-Identifier: MIT
#
# Before: the kernel (../schedule.cpp) at `begin` and `end`; `transfer` in ../ipc.S, in the middle
# of whatever its own slice was at. Next: tiny.cpp, on a stack for each of the two.
#include "abi/exo/layout.h"

.text
# A slice, from the first one on: what is to be done is in memory, so nothing needs to be kept.
.global tiny_begins
.type tiny_begins, @function
tiny_begins:
    .cfi_startproc
    .cfi_undefined ra
    lla sp, own_stack_end
    call tiny_goes_on
    unimp # which does not return
    .cfi_endproc
.size tiny_begins, . - tiny_begins

# It is never busy for long: it waits soon, and that ends the slice.
.global tiny_ends
.type tiny_ends, @function
tiny_ends:
    .cfi_startproc
    .cfi_undefined ra
    ld tp, EXO_SAVE_PC(t0)
    ld t0, EXO_SAVE_T0(t0)
    jr tp
    .cfi_endproc
.size tiny_ends, . - tiny_ends

# a0 to a2: the request. t0: who calls. All other registers are the caller's: those that a function
# keeps are kept, the others are cleared, so that nothing of ours is seen there.
.global tiny_is_called
.type tiny_is_called, @function
tiny_is_called:
    .cfi_startproc
    .cfi_undefined ra
    lla t1, callers
    sd ra, 0(t1)
    sd sp, 8(t1)
    lla sp, call_stack_end
    call tiny_serve
    lla t1, callers
    ld ra, 0(t1)
    ld sp, 8(t1)
.irp register, a1, a2, a3, a4, a5, a6, t5, t6
    li \register, 0
.endr
    li a7, EXO_TRANSFER_RETURN
    ecall
    j tiny_begins # the caller has ended: its slice is ours
    .cfi_endproc
.size tiny_is_called, . - tiny_is_called

.global tiny_faults
.type tiny_faults, @function
tiny_faults:
    .cfi_startproc
    .cfi_undefined ra
    lla sp, call_stack_end
    call tiny_ends_by_fault
    unimp
    .cfi_endproc
.size tiny_faults, . - tiny_faults

.section .bss.stacks, "aw", @nobits
.balign 16
callers:
    .fill 16, 1, 0
.fill 2048, 1, 0
own_stack_end:
.fill 2048, 1, 0
call_stack_end:
