/* Debug information: kept in the file, never loaded. Included by the linker scripts. */
/* SPDX-License-Identifier: MIT */
#define DEBUG_SECTION(name) name 0 : { *(name) }
DEBUG_SECTION(.debug_info)
DEBUG_SECTION(.debug_abbrev)
DEBUG_SECTION(.debug_aranges)
DEBUG_SECTION(.debug_line)
DEBUG_SECTION(.debug_str)
DEBUG_SECTION(.debug_line_str)
DEBUG_SECTION(.debug_frame)
DEBUG_SECTION(.debug_loclists)
DEBUG_SECTION(.debug_rnglists)
DEBUG_SECTION(.symtab)
DEBUG_SECTION(.strtab)
DEBUG_SECTION(.shstrtab)
