# The named instruction of the scenarios that store to a page.
# SPDX-License-Identifier: MIT

.text
# touch(a0 = address, a1 = value): the store that is watched.
.global touch
.type touch, @function
touch:
.global scenario_fault
scenario_fault:
    sd a1, 0(a0)
    ret
.size touch, . - touch
