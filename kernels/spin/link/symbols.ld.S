/* Links an extension as the kernel will, at the same addresses (-DEXTENSION_SLOT=n). */
/* SPDX-License-Identifier: MIT */
/* Nobody loads the result: debuggers and the probe read its symbols. */
#include "abi/address_map.h"

OUTPUT_ARCH(riscv)
ENTRY(extension_start)
PHDRS
{
    text PT_LOAD FLAGS(5);
    constants PT_LOAD FLAGS(4);
    data PT_LOAD FLAGS(6);
}
SECTIONS
{
    . = EXTENSION_SLOTS + EXTENSION_SLOT * EXTENSION_SLOT_SIZE;
    .text : { *(.text) } :text
    . = ALIGN(0x1000);
    .rodata : { *(.rodata) } :constants
    . = ALIGN(0x1000);
    .data : { *(.data) } :data
    . = ALIGN(0x1000);
    .bss : { *(.bss) } :data
#include "lib/link/debug_sections.ld.h"
    /DISCARD/ : { *(.note .note.*) *(.comment) *(.riscv.attributes) *(.gnu*) }
}
