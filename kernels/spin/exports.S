# SpinPublic: the names that extensions may import, and nothing else of the kernel.
# SPDX-License-Identifier: MIT
#
# A table of link::Export (link/relocate.hpp): a name's address and length, and the address of what
# it names. boot.cpp makes a domain of it. In assembly, because a symbol's own text is at hand here.

.macro EXPORT names:vararg
.irp name, \names
    .pushsection .rodata.export_names, "a"
1:  .ascii "\name"
2:  .popsection
    .dword 1b, 2b - 1b, \name
.endr
.endm

.section .rodata.exports, "a"
.balign 8
.global spin_public
spin_public:
    # 1. The interfaces (interface/), and their version: a symbol that is only there to be named.
    EXPORT phys_addr_allocate, phys_addr_deallocate
    EXPORT translation_create, translation_destroy
    EXPORT translation_add_mapping, translation_remove_mapping, translation_examine_mapping
    EXPORT translation_install_page_not_present
    EXPORT trap_install_system_call
    EXPORT strand_create, strand_create_program, strand_self, strand_registers, strand_enter
    EXPORT strand_block, strand_block_until, strand_unblock, strand_yield, strand_exit
    EXPORT strand_install, scheduler_block, scheduler_unblock
    EXPORT extension_failed, spin_interface_2
    # 2. What compiled C++ calls by itself.
    EXPORT memcpy, memmove, memset, memcmp, strlen
    # 3. Raw memory, which an extension may not touch: zero_page(std::span<std::byte, 4096>), and
    #    copy_page of two of these.
    EXPORT _Z9zero_pageSt4spanISt4byteLm4096EE, _Z9copy_pageSt4spanISt4byteLm4096EES_IKS0_Lm4096EE
.global spin_public_end
spin_public_end:

.global spin_interface_2
spin_interface_2:
    .byte 0
