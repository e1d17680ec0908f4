// The address map: every image has a range of its own, so that a PC names its image.
// SPDX-License-Identifier: MIT
//
// Read by C++, by assembly and by the linker scripts, hence macros. All user images lie below 2 GiB
// and within reach of each other's pc-relative calls. Sv39 allows user addresses up to
// 0x3fffffffff.
//
//   0x10000000 + n * 16 MiB   programs, a slot each
//   0x30000000                mappings (mmap), 256 MiB
//   0x40000000                the system library (on exo: the library OS)
//   0x40200000                exo: the library OS's data
//   0x48000000                exo: frames held by the library OS, where it can fill them
//   0x4a000000                exo: what the processes of ExOS share
//   0x4d000000                exo: the tiny library OS
//   0x4ea00000                exo: the kernel's frame table, to be read
//   0x4ec00000                exo: an environment's own page tables, to be read
//   0x4efff000                exo: the environment page
//   0x50000000 + n * 16 MiB   micro: servers, a slot each
//   0x5a000000                micro: frames held by the pager, where it can fill them; of other
//                             servers, devices' registers and what root needs to load them
//   0x80000000                OpenSBI, in M-mode (physical)
//   0xffffffc080200000        the kernel; all physical memory stands at KERNEL_OFFSET
//   0xffffffc0c0000000        SPIN: extensions, 64 MiB each
//   0xffffffc0f0000000        SPIN: what frames are, for extensions to read
//   0xffffffc100000000        kernel stacks, each with an unmapped page below it
#pragma once

#define SLOT_SIZE 0x01000000

#define PROGRAM_SLOTS 0x10000000
#define PROGRAM_SLOT_COUNT 32
// Within a program's slot.
#define HEAP_OFFSET 0x00800000
#define HEAP_LIMIT 0x00e00000
#define STACK_END 0x01000000
#define STACK_SIZE 0x00010000
// How far a stack that grows may grow.
#define STACK_LIMIT 0x00040000

// Where mmap places what has no address of its own.
#define MAP_BASE 0x30000000
#define MAP_END 0x40000000

#define LIBRARY_BASE 0x40000000
#define LIBRARY_ENTRY_SIZE 8

#define EXO_LIBRARY_DATA 0x40200000
#define EXO_WINDOW 0x48000000
#define EXO_SHARED 0x4a000000
#define EXO_TINY 0x4d000000
#define EXO_FRAMES 0x4ea00000
#define EXO_TABLES 0x4ec00000
#define EXO_ENVIRONMENT 0x4efff000

#define SERVER_SLOTS 0x50000000
#define PAGER_SLOT 0x50000000
#define ROOT_SLOT 0x51000000
#define FILES_SLOT 0x52000000
#define DISK_SLOT 0x53000000
#define UNIX_SLOT 0x54000000
#define CONSOLE_SLOT 0x55000000
#define WIRED_SLOT 0x56000000
#define SCHEDULER_SLOT 0x57000000
#define SECOND_PAGER_SLOT 0x58000000
#define PAGER_WINDOW 0x5a000000

#define USER_END 0x80000000

#define KERNEL_OFFSET 0xffffffc000000000
#define KERNEL_LOAD 0x80200000
#define EXTENSION_SLOTS 0xffffffc0c0000000
#define EXTENSION_SLOT_SIZE 0x04000000
#define FRAME_RECORDS 0xffffffc0f0000000
#define KERNEL_STACKS 0xffffffc100000000
