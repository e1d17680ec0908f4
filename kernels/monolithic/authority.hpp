// The gate: what a program may name.
// SPDX-License-Identifier: MIT
//
// A program names nothing but its own memory, and that is believed page by page, as the page table
// of its address space says, with the program's own rights (arch/riscv/user_memory.hpp). What
// becomes of a page that is not there is the system calls' matter (services/calls/bytes.cpp); how
// errors leave the kernel, too (services/calls/request.hpp).
#pragma once

#include "kernel.hpp"

#include "arch/riscv/user_memory.hpp"

inline const Space& tables_of(vm::SpaceId space) { return kernel.memory.translations[space]; }

// The memory of SPACE's program from ADDRESS on, as the end of a read and the start of a write.
inline UserDestination into(vm::SpaceId space, VirtAddr address) {
    return {tables_of(space), address};
}
inline UserSource from(vm::SpaceId space, VirtAddr address) { return {tables_of(space), address}; }

// The first of COUNT bytes at START whose page refuses ACCESS at this moment; START + COUNT: none.
inline VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                                  Access access) {
    return first_unreachable(tables_of(space), start, count, access);
}
