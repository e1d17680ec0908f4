# The library OS's exception entry, and its way back into the application: all in user mode.
# SPDX-License-Identifier: MIT
#
# Before: fault_dispatch in ../entry.S. The kernel has saved pc, ra, t0, t1 and t2 in the save area
# (environment page), whose address is in t0; sp and all other registers are still the
# application's. Next: handle_exception in fault.cpp.
#include "abi/address_map.h"
#include "abi/exo/layout.h"

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
    # 3. Mend it; who cannot does not return.
    mv a0, t0
    call handle_exception
    # 4. Back; fault_resume does not return.
    call fault_resume
    unimp
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

.section .bss.exception_stack, "aw", @nobits
.balign 16
exception_stack:
    .fill 8192, 1, 0
exception_stack_end:
