# Where a server starts: the outermost frame of its stack.
# SPDX-License-Identifier: MIT
#
# Before: the root server, which wrote the first registers (servers/root), or for root itself the
# kernel (task.cpp). Next: server_main, of the server, with a0 to a5 as it takes them.

.cfi_sections .debug_frame

.text
.global server_start
.type server_start, @function
server_start:
    .cfi_startproc
    .cfi_undefined ra # a debugger looks for no caller
    call server_main
    unimp             # which does not return
    .cfi_endproc
.size server_start, . - server_start
