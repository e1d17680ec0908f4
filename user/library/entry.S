# Where every program starts in user mode, on every kernel: the outermost frame of its stack.
# SPDX-License-Identifier: MIT
#
# Before: the kernel, through the jump table (abi/library_table.S), with a0 to a2 as this kernel's
# start_program takes them. Next: start_program, of the running kernel's system library.

.cfi_sections .debug_frame

.text
.global library_start
.type library_start, @function
library_start:
    .cfi_startproc
    .cfi_undefined ra # a debugger looks for no caller
    call start_program
    unimp             # which does not return
    .cfi_endproc
.size library_start, . - library_start
