# The named instruction of scenario zero-fill, and its opposite.
# SPDX-License-Identifier: MIT

.text
# touch(a0 = address, a1 = value): the store that faults.
.global touch
.type touch, @function
touch:
.global scenario_fault
scenario_fault:
    sd a1, 0(a0)
    ret
.size touch, . - touch

# peek(a0 = address): the word there.
.global peek
.type peek, @function
peek:
    ld a0, 0(a0)
    ret
.size peek, . - peek
