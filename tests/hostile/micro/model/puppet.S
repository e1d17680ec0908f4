# What a puppet executes, on a page of its own (world.hpp: ECALL, EBREAK).
# SPDX-License-Identifier: MIT

.section .rodata
.balign 4096
.global puppet_code
.type puppet_code, @object
puppet_code:
    .option push
    .option norvc
    ecall              # what the director wrote to the registers
    ld s11, 0(s10)     # in which space it runs: the name is read at s10
    ebreak             # back to the director
    .option pop
    .balign 4096
.size puppet_code, . - puppet_code
