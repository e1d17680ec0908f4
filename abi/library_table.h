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
    X(strlen, 11)                                                                                  \
    X(os_fork, 12)                                                                                 \
    X(os_exec, 13)                                                                                 \
    X(os_wait, 14)                                                                                 \
    X(os_kill, 15)                                                                                 \
    X(os_getpid, 16)                                                                               \
    X(os_yield, 17)                                                                                \
    X(os_read, 18)                                                                                 \
    X(os_open, 19)                                                                                 \
    X(os_close, 20)                                                                                \
    X(os_dup, 21)                                                                                  \
    X(os_pipe, 22)                                                                                 \
    X(os_fstat, 23)                                                                                \
    X(os_mkdir, 24)                                                                                \
    X(os_mknod, 25)                                                                                \
    X(os_link, 26)                                                                                 \
    X(os_unlink, 27)                                                                               \
    X(os_chdir, 28)                                                                                \
    X(os_seek, 29)                                                                                 \
    X(os_sync, 30)                                                                                 \
    X(os_mmap, 31)                                                                                 \
    X(os_munmap, 32)                                                                               \
    X(os_mprotect, 33)                                                                             \
    X(os_advise, 34)                                                                               \
    X(os_handler, 35)                                                                              \
    X(os_resume, 36)                                                                               \
    X(os_group, 37)                                                                                \
    X(os_foreground, 38)                                                                           \
    X(os_terminal, 39)                                                                             \
    X(os_tickets, 40)                                                                              \
    X(os_statistics, 41)                                                                           \
    X(os_processes, 42)                                                                            \
    X(os_memory, 43)                                                                               \
    X(os_kill_group, 44)                                                                           \
    X(os_schedule_group, 45)                                                                       \
    X(os_call, 46)                                                                                 \
    X(os_null_call, 47)
