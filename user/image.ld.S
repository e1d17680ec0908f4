/* Links a system library or a server at IMAGE_BASE, its data at a multiple of DATA_ALIGNMENT. */
/* SPDX-License-Identifier: MIT */
#include "abi/address_map.h"

OUTPUT_ARCH(riscv)
ENTRY(IMAGE_ENTRY)
PHDRS
{
    text PT_LOAD FLAGS(5);
    constants PT_LOAD FLAGS(4);
    data PT_LOAD FLAGS(6);
}
SECTIONS
{
    . = IMAGE_BASE;
    .text : { *(.text.first) *(.text .text.*) } :text
    . = ALIGN(0x1000);
    .rodata : { *(.rodata .rodata.* .srodata .srodata.*) } :constants
    .eh_frame : { *(.eh_frame) } :constants
    . = ALIGN(DATA_ALIGNMENT);
    .data : { *(.data .data.* .sdata .sdata.*) } :data
    .bss : { *(.bss .bss.* .sbss .sbss.* COMMON) } :data
    library_end = .;
#include "lib/link/debug_sections.ld.h"
    /DISCARD/ :
    {
        *(.note .note.*) *(.comment) *(.riscv.attributes) *(.gnu*) *(.init_array*)
        *(.got .got.*) *(.iplt .plt .rela.*) *(.dynamic) *(.interp)
    }
}
