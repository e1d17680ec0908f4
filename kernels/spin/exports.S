# The modules of the kernel: the names that extensions may import, and nothing else of the kernel.
# SPDX-License-Identifier: MIT
#
# A module is a table of link::Export (link/relocate.hpp): a name's address and length, and the
# address of what stands for it: a gate, which sees that the stack has room for the procedure. In
# assembly, because a symbol's own text is at hand here. Next: modules.cpp, which makes a domain of
# each; fall.cpp, where a gate is shut.
#include "kernels/spin/layout.h"

.macro MODULE name
.global \name
\name:
.endm

# NAME_OF_x emits the interface's name x with its hash.
.include "spin_names.S"

# tp is the hart; between a call and the procedure t0 is nobody's.
.macro GATE name
    .pushsection .text.gates, "ax"
    .balign 4
gate_\name:
    ld t0, HART_STACK_LIMIT(tp)
    bltu sp, t0, shut_gate
    j \name
    .popsection
.endm

.macro EXPORT names:vararg
.irp name, \names
    .pushsection .rodata.export_names, "a"
1:  NAME_OF_\name
2:  .popsection
    GATE \name
    .dword 1b, 2b - 1b, gate_\name
.endr
.endm

# What needs no gate.
.macro EXPORT_DIRECT name
    .pushsection .rodata.export_names, "a"
1:  NAME_OF_\name
2:  .popsection
    .dword 1b, 2b - 1b, \name
.endm

# What compiled C++ calls by itself: everybody knows its type.
.macro EXPORT_PLAIN names:vararg
.irp name, \names
    .pushsection .rodata.export_names, "a"
1:  .ascii "\name"
2:  .popsection
    GATE \name
    .dword 1b, 2b - 1b, gate_\name
.endr
.endm

# The two ways into fall.cpp that are taken with interrupts off and on the stack for traps from the
# kernel, for there may be no other: whoever is here has no business with its own any more. ra tells
# the caller, s0 its frame.
.section .text.gates, "ax"
.balign 4
shut_gate:
    csrci sstatus, 2
    mv a0, ra
    mv a1, s0
    lla sp, emergency_stack_end
    call shut_gate_reached
.global extension_failed
extension_failed:
    csrci sstatus, 2
    mv a2, ra
    mv a3, s0
    lla sp, emergency_stack_end
    call extension_has_failed

.section .rodata.exports, "a"
.balign 8
    # 1. The modules of SpinPublic, a header of interface/ each.
.global spin_public
spin_public:
MODULE module_phys_addr
    EXPORT phys_addr_allocate, phys_addr_limit, phys_addr_deallocate, phys_addr_install_reclaim
MODULE module_virt_addr
    EXPORT virt_addr_read, virt_addr_write, virt_addr_first_unreachable
MODULE module_translation
    EXPORT translation_create, translation_destroy
    EXPORT translation_add_mapping, translation_remove_mapping, translation_examine_mapping
    EXPORT translation_protect_mapping, translation_forget_access
    EXPORT translation_install_page_not_present, translation_install_page_not_present_guarded
    EXPORT translation_install_bad_address, translation_install_protection_fault
MODULE module_strand
    EXPORT strand_create, strand_create_program, strand_set_name
    EXPORT strand_set_space, strand_leave_space, strand_self
    EXPORT strand_registers, strand_set_registers
    EXPORT strand_block, strand_block_until, strand_unblock, scheduler_block, scheduler_unblock
    EXPORT strand_yield, strand_pause, strand_notify, strand_use, strand_switches
    EXPORT strand_time, strand_deadline_in, strand_exit
    EXPORT strand_end_turn, strand_install, strand_install_notice
MODULE module_trap
    EXPORT trap_install_system_call, trap_install_exception
    # 2. What every extension needs: its end, memory, a console, what compiled C++ calls by itself,
    #    and raw memory, which an extension may not touch:
    #    zero_page(std::span<std::byte, 4096>), and copy_page of two.
MODULE module_extension
    EXPORT_DIRECT extension_failed
    EXPORT extension_memory, console_write
    EXPORT_PLAIN memcpy, memmove, memset, memcmp, memchr, strlen
    EXPORT_PLAIN __clzdi2, __ctzdi2, __popcountdi2, copy_across_domains
    EXPORT_PLAIN _Z9zero_pageSt4spanISt4byteLm4096EE
    EXPORT_PLAIN _Z9copy_pageSt4spanISt4byteLm4096EES_IKS0_Lm4096EE
.global spin_public_end
spin_public_end:
    # 3. Not of SpinPublic, but for the system's own extensions: the machine's devices and its end.
MODULE module_disk
    EXPORT disk_read, disk_write, disk_flush, disk_block_count, disk_is_read_only
MODULE module_machine
    EXPORT machine_arguments, machine_put, machine_install_keys, machine_end
    # 4. For extensions that load others, and are trusted with it.
MODULE module_domain
    EXPORT domain_find_object, domain_find, domain_create, domain_spin_public, domain_resolve
    EXPORT domain_system, domain_start, domain_unload, domain_is_loaded, domain_census
MODULE modules_end

    # The name under which an extension has to define its start.
.global extension_start_name
extension_start_name:
    .pushsection .rodata.export_names, "a"
1:  NAME_OF_extension_start
2:  .popsection
    .dword 1b, 2b - 1b
