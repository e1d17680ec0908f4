# The named instructions of scenario interrupt: a program that computes, and calls nobody.
# SPDX-License-Identifier: MIT

.text
# compute(a0 = rounds): a number that depends on all of them.
.global compute
.type compute, @function
compute:
    li a1, 1
    li a2, 0x9e3779b1
.global scenario_fault
scenario_fault:
1:  mul a1, a1, a2
    add a1, a1, a0
    addi a0, a0, -1
    bnez a0, 1b
.global scenario_end
scenario_end:
    mv a0, a1
    ret
.size compute, . - compute
