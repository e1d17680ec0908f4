# Where the kernel enters a program's own fault handler, where calls go by number.
# SPDX-License-Identifier: MIT
#
# Before: deliver_fault or deliver_exception in the kernel, which pushed an abi::FaultContext on the
# program's stack: sp and a0 are its address. Next: run_fault_handler in fault_handler.cpp.

.cfi_sections .debug_frame

.text
.global enter_fault_handler
.type enter_fault_handler, @function
enter_fault_handler:
    .cfi_startproc
    # For a debugger: the program was interrupted, and all that it had lies in the context. The pc
    # comes first, then x1 to x31; DWARF has a column to spare at 64.
    .cfi_signal_frame
    .cfi_def_cfa sp, 0
    .cfi_return_column 64
    .cfi_offset 64, 0
.irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    .cfi_offset \n, 8 * \n
.endr
    call run_fault_handler
    unimp             # which does not return
    .cfi_endproc
.size enter_fault_handler, . - enter_fault_handler
