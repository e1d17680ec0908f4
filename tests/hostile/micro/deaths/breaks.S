# Where a server that a test lets break ends: the linker puts this in place of one of its functions.
# SPDX-License-Identifier: MIT
.text
.global breaks
.type breaks, @function
breaks:
    unimp
.size breaks, . - breaks
