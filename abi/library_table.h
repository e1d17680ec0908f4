// The system library's jump table: one entry a call, at an address that never moves.
// SPDX-License-Identifier: MIT
//
// A program is linked once, against these addresses; each kernel maps its own system library behind
// them. An entry is one 4-byte jump padded to LIBRARY_ENTRY_SIZE. Append only: the order is the
// ABI. LIBRARY_CALLS(X) yields X(name, number) for each, to assembly, linker scripts and C++ alike.
#pragma once

#define LIBRARY_CALLS(X)                                                                           \
    X(library_start, 0)                                                                            \
    X(os_exit, 1)                                                                                  \
    X(os_write, 2)                                                                                 \
    X(os_sbrk, 3)                                                                                  \
    X(os_sleep, 4)                                                                                 \
    X(os_uptime, 5)                                                                                \
    X(memcpy, 6)                                                                                   \
    X(memmove, 7)                                                                                  \
    X(memset, 8)                                                                                   \
    X(memcmp, 9)                                                                                   \
    X(memchr, 10)                                                                                  \
    X(strlen, 11)
