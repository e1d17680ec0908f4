# How many instructions have been executed so far, for unix_test.cpp.
# SPDX-License-Identifier: MIT
.text
.global instructions_retired
.type instructions_retired, @function
instructions_retired:
    rdinstret a0
    ret
.size instructions_retired, . - instructions_retired
