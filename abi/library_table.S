# The jump table at the start of every system library (library_table.h).
# SPDX-License-Identifier: MIT
#include "abi/address_map.h"
#include "abi/library_table.h"

.section .text.first, "ax", @progbits
.option norvc
.global library_table
library_table:
#define X(name, number) .org number * LIBRARY_ENTRY_SIZE; j name;
LIBRARY_CALLS(X)
