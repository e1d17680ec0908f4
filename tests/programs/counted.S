# One fault between two reads of the instruction counter.
# SPDX-License-Identifier: MIT

.text
# counted_touch(a0 = address of an untouched page): instructions from after the first read to before
# the second.
.global counted_touch
.type counted_touch, @function
counted_touch:
    rdinstret a1
.global scenario_fault
scenario_fault:
    sd zero, 0(a0)
    rdinstret a2
    # A read counts itself: two reads in a row differ by one.
    sub a0, a2, a1
    addi a0, a0, -1
    ret
.size counted_touch, . - counted_touch
