/* Links a kernel: runs at KERNEL_OFFSET + KERNEL_LOAD, is loaded at KERNEL_LOAD, boot.S first. */
/* SPDX-License-Identifier: MIT */
#include "abi/address_map.h"

OUTPUT_ARCH(riscv)
ENTRY(_start)
PHDRS
{
    text PT_LOAD FLAGS(5);
    constants PT_LOAD FLAGS(4);
    data PT_LOAD FLAGS(6);
}
SECTIONS
{
    . = KERNEL_OFFSET + KERNEL_LOAD;
    kernel_start = .;
    .text : AT(ADDR(.text) - KERNEL_OFFSET) { *(.text.boot) *(.text .text.*) } :text
    . = ALIGN(0x1000);
    kernel_text_end = .;
    .rodata : AT(ADDR(.rodata) - KERNEL_OFFSET)
    { *(.rodata .rodata.* .srodata .srodata.*) } :constants
    /* Records of a kernel that is a test (tests/guest/test.hpp). */
    test_cases : AT(ADDR(test_cases) - KERNEL_OFFSET)
    { test_cases_start = .; KEEP(*(test_cases)) test_cases_end = .; } :constants
    .eh_frame : AT(ADDR(.eh_frame) - KERNEL_OFFSET) { *(.eh_frame) } :constants
    . = ALIGN(0x1000);
    kernel_constants_end = .;
    .data : AT(ADDR(.data) - KERNEL_OFFSET) { *(.data .data.* .sdata .sdata.*) } :data
    . = ALIGN(0x1000);
    kernel_bss_start = .;
    .bss : AT(ADDR(.bss) - KERNEL_OFFSET) { *(.bss .bss.* .sbss .sbss.* COMMON) } :data
    . = ALIGN(0x1000);
    kernel_end = .;
#include "lib/link/debug_sections.ld.h"
    /DISCARD/ :
    {
        *(.note .note.*) *(.comment) *(.riscv.attributes) *(.gnu*)
        *(.got .got.*) *(.iplt .plt .rela.*) *(.dynamic) *(.interp)
    }
}
