/* Links a program at its slot (-DSLOT_BASE=...), with the jump table's addresses as its library. */
/* SPDX-License-Identifier: MIT */
#include "abi/address_map.h"
#include "abi/library_table.h"

OUTPUT_ARCH(riscv)
ENTRY(_start)
PHDRS
{
    text PT_LOAD FLAGS(5);
    constants PT_LOAD FLAGS(4);
    data PT_LOAD FLAGS(6);
}
/* Only what the program names: its symbols tell what it may call (tools/faultline/debug.cpp). */
#define X(name, number) PROVIDE(name = LIBRARY_BASE + number * LIBRARY_ENTRY_SIZE);
LIBRARY_CALLS(X)
SECTIONS
{
    . = SLOT_BASE;
    .text : { *(.text .text.*) } :text
    . = ALIGN(0x1000);
    .rodata :
    {
        *(.rodata .rodata.* .srodata .srodata.*)
        /* Of a program that consists of tests (tests/guest/test.hpp). */
        . = ALIGN(8);
        test_cases_start = .;
        KEEP(*(test_cases))
        test_cases_end = .;
    } :constants
    .eh_frame : { *(.eh_frame) } :constants
    . = ALIGN(0x1000);
    .data : { *(.data .data.* .sdata .sdata.*) } :data
    .bss : { *(.bss .bss.* .sbss .sbss.* COMMON) } :data
    ASSERT(. <= SLOT_BASE + HEAP_OFFSET, "the program does not fit into its slot below the heap")
    .init_array : { *(.init_array .init_array.*) } :data
    ASSERT(SIZEOF(.init_array) == 0, "nobody calls constructors of global objects")
#include "lib/link/debug_sections.ld.h"
    /DISCARD/ :
    {
        *(.note .note.*) *(.comment) *(.riscv.attributes) *(.gnu*)
        *(.got .got.*) *(.iplt .plt .rela.*) *(.dynamic) *(.interp)
    }
}
