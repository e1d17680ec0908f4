# The beginning and the end of a slice: the library OS keeps its registers itself.
# SPDX-License-Identifier: MIT
#
# Before: the kernel (../schedule.cpp), at `end` with all registers but t0 as they were, at `begin`
# with none; give_way, called where the library waits (waiting.cpp). `go_on` is where the next slice
# begins. A context that is put back in force is jumped to through tp, which programs must keep
# nothing in, as gp after an exception.
#include "abi/address_map.h"
#include "abi/exo/layout.h"
#include "context_layout.h"

.cfi_sections .debug_frame

#define YIELD 18
#define SELF -1

# On the stack of calls; below what is there, if SP, the interrupted one's, is on it: a call that
# has just begun, or that is about to end, is in no critical section. Clobbers t0 to t2.
.macro ON_CALL_STACK
    lla t0, call_stack_end
    sub t1, t0, sp
    li t2, CALL_STACK_BYTES
    bltu t1, t2, .Lis_on_it\@
    mv sp, t0
.Lis_on_it\@:
.endm

.text
# give_way(a0, a1: as the primitive takes them, a2 = its number): returns in a later slice; a0 = 0,
# or, if the primitive came back at once, what it said. What is announced to end is given up by it:
# `must_yield` is about the next slice then, whose end may be announced as soon as it begins.
.global give_way
.type give_way, @function
give_way:
    .cfi_startproc
    addi sp, sp, -112
    .cfi_def_cfa_offset 112
    sd ra, 104(sp)
    .cfi_offset ra, -8
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (8 * \n)(sp)
    .cfi_offset s\n, 8 * \n - 112
.endr
    lla t0, must_yield
    ld t1, 0(t0)
    sd t1, 96(sp)
    sd zero, 0(t0)
    lla t0, waiting_sp
    sd sp, 0(t0)
    lla t1, go_on
    lla t2, go_on_waiting
    sd t2, 0(t1)
    mv a7, a2
    ecall
    # The slice goes on, and so does what was announced.
    lla t0, must_yield
    ld t1, 96(sp)
    ld t2, 0(t0)
    or t1, t1, t2
    sd t1, 0(t0)
    j 1f
go_on_waiting:
    lla t0, waiting_sp
    ld sp, 0(t0)
    li a0, 0
1:  ld ra, 104(sp)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (8 * \n)(sp)
.endr
    addi sp, sp, 112
    ret
    .cfi_endproc
.size give_way, . - give_way

# The kernel begins a slice here.
.global slice_begins
.type slice_begins, @function
slice_begins:
    .cfi_startproc
    .cfi_undefined ra
    lla t0, go_on
    ld t0, 0(t0)
    jr t0
    .cfi_endproc
.size slice_begins, . - slice_begins

# The kernel says that the slice is over. t0 = its save area, with pc and t0.
.global slice_ends
.type slice_ends, @function
slice_ends:
    .cfi_startproc
    .cfi_undefined ra
    sd t1, EXO_SAVE_T1(t0)
    sd t2, EXO_SAVE_T2(t0)
    # 1. In a critical section: at its end, then.
    lla t1, critical
    ld t2, 0(t1)
    bnez t2, later
    # 2. Interrupted while it put a context back in force: that one is whole still.
    ld t1, EXO_SAVE_PC(t0)
    lla t2, give_away
    bltu t1, t2, 1f
    lla t2, go_on_interrupted_end
    bltu t1, t2, give_away
1:  # 3. All registers are kept, and where a slice would have begun.
    lla t2, slice_context
    sd t1, EXO_SAVE_PC(t2)
.irp n, 1,2,3,4,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sd x\n, EXO_SAVE_REGISTER(\n)(t2)
.endr
.irp n, 5, 6, 7
    ld t1, EXO_SAVE_REGISTER(\n)(t0)
    sd t1, EXO_SAVE_REGISTER(\n)(t2)
.endr
    lla t0, go_on
    ld t1, 0(t0)
    sd t1, SLICE_GO_ON(t2)
    lla t1, go_on_interrupted
    sd t1, 0(t0)
    # 4. What is to be noted.
    ON_CALL_STACK
    call slice_ended
    li a7, YIELD
    ecall
    # The one that was named cannot run; to SELF the kernel does not return. What slice_begun waited
    # for, or whoever was interrupted, has set `go_on`.
give_away:
    lla t0, go_on
    lla t1, go_on_interrupted
    sd t1, 0(t0)
    li a0, SELF
    li a7, YIELD
    ecall
go_on_interrupted:
    lla t1, critical
    li t2, 1
    sd t2, 0(t1)
    lla t0, slice_context
    ld sp, EXO_SAVE_REGISTER(2)(t0)
    ON_CALL_STACK
    call slice_begun
    lla t1, critical
    sd zero, 0(t1)
    ld t2, 8(t1)
    beqz t2, 1f
    sd zero, 8(t1) # this one is over already, too
    j give_away
1:  lla t0, slice_context
    lla t1, go_on
    ld t2, SLICE_GO_ON(t0)
    sd t2, 0(t1)
    ld tp, EXO_SAVE_PC(t0)
.irp n, 1,2,3,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld x\n, EXO_SAVE_REGISTER(\n)(t0)
.endr
    ld t0, EXO_SAVE_T0(t0)
    jr tp
go_on_interrupted_end:

later:
    li t2, 1
    sd t2, 8(t1) # must_yield, behind `critical`
    ld tp, EXO_SAVE_PC(t0)
    ld t1, EXO_SAVE_T1(t0)
    ld t2, EXO_SAVE_T2(t0)
    ld t0, EXO_SAVE_T0(t0)
    jr tp
    .cfi_endproc
.size slice_ends, . - slice_ends

.section .data.slices, "aw", @progbits
.balign 8
.global go_on, waiting_sp, critical, must_yield, slice_context
go_on:
    .dword 0
waiting_sp:
    .dword 0
critical:
    .dword 0
must_yield:
    .dword 0
slice_context:
    .fill SLICE_CONTEXT_SIZE, 1, 0
