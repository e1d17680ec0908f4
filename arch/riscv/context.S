# switch_context: keep one kernel thread, go on with another.
# SPDX-License-Identifier: MIT
#
# a0 = KernelContext to write, a1 = KernelContext to read (context.hpp; offsets are its field
# order).

.cfi_sections .debug_frame

.text
.global switch_context
.type switch_context, @function
switch_context:
    .cfi_startproc
    # 1. What a call keeps goes to *a0.
    sd ra, 0(a0)
    sd sp, 8(a0)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, (16 + 8 * \n)(a0)
.endr
    # 2. The same of the other comes from *a1.
    ld ra, 0(a1)
    ld sp, 8(a1)
.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, (16 + 8 * \n)(a1)
.endr
    # 3. Return on its stack, to its caller.
    ret
    .cfi_endproc
.size switch_context, . - switch_context
