# The named instruction of the scenarios that load from a page.
# SPDX-License-Identifier: MIT

.text
# look(a0 = address): the load that is watched; the word there.
.global look
.type look, @function
look:
.global scenario_fault
scenario_fault:
    ld a0, 0(a0)
    ret
.size look, . - look
