# A guest that never ends: a kernel for the tests of what the command does then.
# SPDX-License-Identifier: MIT
#
# Linked twice, as a kernel and as its program; the symbols are those that the probe asks for.
    .globl _start, trap_vector, fault_receive
_start:
    j _start
trap_vector:
    j _start
fault_receive:
    ret
