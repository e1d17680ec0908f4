# A program's call of another environment, by protected control transfer.
# SPDX-License-Identifier: MIT
#
# Before: serve_transfer in calls.cpp. Next: `transfer` in ../ipc.S; back here, whatever becomes of
# the callee. No register is believed to be as it was but by the caller's own stack.
#include "context_layout.h"

.cfi_sections .debug_frame

.text
.option norvc # the two places behind the ecall are 4 bytes apart
# transfer_out(a0: the eight words of the request): a0 as the callee leaves it, a1 = 0; or a1 = 1:
# it was refused, 2: the callee has ended, and this is a new slice.
.global transfer_out
.type transfer_out, @function
transfer_out:
    .cfi_startproc
    addi sp, sp, -112
    .cfi_def_cfa_offset 112
    sd ra, 104(sp)
    .cfi_offset ra, -8
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (8 * \n)(sp)
.endr
    lla t0, waiting_sp
    sd sp, 0(t0)
    lla t0, go_on
    lla t1, callee_has_ended
    sd t1, 0(t0)
.irp n, 7, 5, 4, 3, 2, 1, 0
    ld a\n, (8 * \n)(a0)
.endr
    ecall
    j refused
    li a1, 0
    j 1f
refused:
    li a1, 1
    j 1f
callee_has_ended:
    li a1, 2
1:  lla t0, waiting_sp
    ld sp, 0(t0)
    ld ra, 104(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (8 * \n)(sp)
.endr
    addi sp, sp, 112
    ret
    .cfi_endproc
.size transfer_out, . - transfer_out
