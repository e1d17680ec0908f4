# Where the pager starts: the outermost frame of its stack.
# SPDX-License-Identifier: MIT
#
# Before: the loader (../../task.cpp), with a0 to a3 as pager_main takes them. Next: pager_main in
# pager.cpp.

.cfi_sections .debug_frame

.text
.global pager_start
.type pager_start, @function
pager_start:
    .cfi_startproc
    .cfi_undefined ra # a debugger looks for no caller
    call pager_main
    unimp             # which does not return
    .cfi_endproc
.size pager_start, . - pager_start
