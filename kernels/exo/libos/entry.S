# Where control enters ExOS: from the kernel with an exception, from the program with a call.
# SPDX-License-Identifier: MIT
#
# Exceptions. Before: fault_dispatch in ../entry.S. The kernel has saved pc, ra, t0, t1 and t2 in
# the save area (environment page), whose address is in t0; sp and all other registers are still
# the application's. Next: handle_exception in fault.cpp. Calls. Before: user/library, by
# system_call.hpp. Next: serve_call in calls.cpp. Slices are in slices.S.
#include "abi/address_map.h"
#include "abi/exo/layout.h"
#include "context_layout.h"

.cfi_sections .debug_frame

# For a debugger: the application's frame is the save area, at a fixed address
# (DW_CFA_def_cfa_expression, 5 bytes: DW_OP_const4u EXO_ENVIRONMENT). s0 to s11 are as the C++
# below left them.
.macro SAVE_AREA_CFI
    .cfi_signal_frame
    .cfi_escape 0x0f, 5, 0x0c
    .cfi_escape EXO_ENVIRONMENT & 0xff, EXO_ENVIRONMENT >> 8 & 0xff
    .cfi_escape EXO_ENVIRONMENT >> 16 & 0xff, EXO_ENVIRONMENT >> 24
    .cfi_return_column 64
    .cfi_offset 64, EXO_SAVE_PC
.irp n, 1, 5, 6, 7
    .cfi_offset \n, EXO_SAVE_REGISTER(\n)
.endr
    .cfi_same_value sp
.endm

# The same for a call: the program's frame is in call_context, whose address is in s2, which the C++
# below keeps. DWARF names s2 18, and 112 + 18 an offset from it, of 2 bytes here
# (DW_CFA_def_cfa_expression with a DW_OP_deref, DW_CFA_expression).
.macro IN_CALL_CONTEXT register, offset
    .cfi_escape 0x10, \register, 3, 112 + 18, (\offset) & 0x7f | 0x80, (\offset) >> 7
.endm
.macro CALL_CONTEXT_CFI
    .cfi_escape 0x0f, 4, 112 + 18, CALL_SP & 0x7f | 0x80, CALL_SP >> 7, 0x06
    IN_CALL_CONTEXT 1, CALL_RA
.irp n, 0, 1
    IN_CALL_CONTEXT 8 + \n, CALL_S0 + 8 * \n
.endr
.irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    IN_CALL_CONTEXT 16 + \n, CALL_S0 + 8 * \n
.endr
.endm

.text
.global exception_entry
.type exception_entry, @function
exception_entry:
    .cfi_startproc
    SAVE_AREA_CFI
    # 1. What else a call may clobber, and the stack pointer, go to the save area.
.irp n, 2, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    sd x\n, EXO_SAVE_REGISTER(\n)(t0)
    .cfi_offset \n, EXO_SAVE_REGISTER(\n)
.endr
    # 2. The application's stack may be what is missing: C++ runs on one of the library OS's own.
    lla sp, exception_stack_end
    # 3. Mend it. Who cannot comes back with a0 not 0.
    mv a0, t0
    call handle_exception
    bnez a0, deliver
    # 4. Back; fault_resume does not return.
    call fault_resume
    unimp

    # Only the program itself can help. It is to see all its registers, and gets them all back.
deliver:
    li t0, EXO_ENVIRONMENT
.irp n, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
    sd x\n, EXO_SAVE_REGISTER(\n)(t0)
.endr
    call deliver_exception
    j resume_all
    .cfi_endproc
.size exception_entry, . - exception_entry

# How does control get back? By a jump, without the kernel. gp, which the compiler never allocates
# and no linker relaxation uses here, holds the target: programs must not keep anything in it.
#
# To a debugger it is a part of the exception's own road: from here, too, it goes up to the
# application, and not to the call above, which nobody returns from.
.global fault_resume
.type fault_resume, @function
fault_resume:
    .cfi_startproc
    SAVE_AREA_CFI
.irp n, 2, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
    .cfi_offset \n, EXO_SAVE_REGISTER(\n)
.endr
    li t0, EXO_ENVIRONMENT
    ld gp, EXO_SAVE_PC(t0)
    # From here on another exception may use the area only if it comes from the application: nothing
    # below faults.
    sd zero, EXO_SAVE_IN_USE(t0)
.irp n, 2, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31, 1
    ld x\n, EXO_SAVE_REGISTER(\n)(t0)
.endr
    ld t0, EXO_SAVE_T0(t0)
    jr gp
    .cfi_endproc
.size fault_resume, . - fault_resume

# The same with every register from the save area, as a handler or a call has left them there.
.type resume_all, @function
resume_all:
    .cfi_startproc
    SAVE_AREA_CFI
    li t0, EXO_ENVIRONMENT
    ld gp, EXO_SAVE_PC(t0)
    sd zero, EXO_SAVE_IN_USE(t0)
.irp n, 1,2,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld x\n, EXO_SAVE_REGISTER(\n)(t0)
.endr
    ld t0, EXO_SAVE_T0(t0)
    jr gp
    .cfi_endproc
.size resume_all, . - resume_all

# library_call(a0..a7, the words of a request): the program's registers stay in call_context while
# the call is served on a stack of the library's own. fork makes a second environment return from
# here; exec lets another program.
#
# To a debugger it is a signal frame, since only to such a one the stacks may lie anyhow.
.global library_call
.type library_call, @function
library_call:
    .cfi_startproc
    .cfi_signal_frame
    lla t0, call_context
.irp n, 0, 1, 2, 3, 4, 5, 6, 7
    sd a\n, (CALL_WORDS + 8 * \n)(t0)
.endr
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (CALL_S0 + 8 * \n)(t0)
.endr
    sd ra, CALL_RA(t0)
    sd sp, CALL_SP(t0)
    mv s2, t0
    CALL_CONTEXT_CFI
    lla sp, call_stack_end
    call serve_call
    # s2: call_context. a0: the answer; CALL_RESUMES: another context than the caller's is to go on.
.global library_return
library_return:
    ld t1, CALL_RESUMES(s2)
    bnez t1, 1f
.irp n, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (CALL_S0 + 8 * \n)(s2)
.endr
    ld a1, CALL_A1(s2)
    ld a2, CALL_A2(s2)
    ld ra, CALL_RA(s2)
    ld sp, CALL_SP(s2)
    ld s2, (CALL_S0 + 8 * 2)(s2)
    .cfi_def_cfa sp, 0
.irp n, 1, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
    .cfi_restore \n
.endr
    ret
1:  CALL_CONTEXT_CFI
    sd zero, CALL_RESUMES(s2)
    j resume_all
    .cfi_endproc
.size library_call, . - library_call

# The kernel starts the first environment here. The first program begins as if a call returned.
.global boot_entry
.type boot_entry, @function
boot_entry:
    .cfi_startproc
    .cfi_undefined ra
    lla s2, call_context
    lla sp, call_stack_end
    call boot
    j library_return
    .cfi_endproc
.size boot_entry, . - boot_entry

# And a child by returning from its parent's call: its first slice begins here. Its call_context is
# a copy of the parent's, so a debugger goes up to the `fork` of the program.
.global child_entry
.type child_entry, @function
child_entry:
    .cfi_startproc
    .cfi_signal_frame
    .cfi_undefined ra
    lla s2, call_context
    CALL_CONTEXT_CFI
    lla sp, call_stack_end
    call begin_child
    j library_return
    .cfi_endproc
.size child_entry, . - child_entry

.section .bss.stacks, "aw", @nobits
.balign 4096
.global stacks
stacks:
exception_stack:
    .fill 8192, 1, 0
exception_stack_end:
    .fill CALL_STACK_BYTES, 1, 0
.global call_stack_end
call_stack_end:
.global stacks_end
stacks_end:

.section .data.call_context, "aw", @progbits
.balign 8
.global call_context
call_context:
    .fill CALL_CONTEXT_SIZE, 1, 0
