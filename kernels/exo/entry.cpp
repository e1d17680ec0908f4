// The upcalls: everything that can reach the exokernel's C++, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. Page faults and other exceptions are not here:
// they reach the library OS from entry.S and come back as primitives, if the library OS wants
// something of the kernel.
#include "schedule.hpp"
#include "syscall.hpp"

#include "arch/riscv/upcalls.hpp"
#include "lib/panic.hpp"

// syscall.cpp: the primitives, by number. entry.S looks them up and calls them with the arguments
// still in registers; what has no number here is the first.
constexpr std::array<PrimitiveFunction*, EXO_PRIMITIVES> primitive_table{
    primitive_unknown,     primitive_allocate, primitive_deallocate,
    primitive_bind,        primitive_unbind,   primitive_install,
    primitive_remove,      primitive_write,    primitive_set_exception_context,
    primitive_sleep_until, primitive_exit,     primitive_end_by_fault,
};

// schedule.cpp: somebody's time has come.
void on_timer() { wake_sleepers(); }

// No device is enabled.
void on_device() { panic("a device interrupt, though no device was enabled"); }
