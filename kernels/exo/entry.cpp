// What entry.S calls, by number.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. Page faults and other exceptions are not here:
// they reach the library OS from entry.S and come back as primitives, if the library OS wants
// something of the kernel. Interrupts: on_timer is in schedule.cpp, on_device in devices.cpp.
#include "syscall.hpp"

// syscall.cpp, environments.cpp: the primitives, by number. entry.S looks them up and calls them
// with the arguments still in registers; what has no number here is the first.
constexpr std::array<PrimitiveFunction*, EXO_PRIMITIVES> primitive_table{
    primitive_unknown,        primitive_allocate,     primitive_deallocate,  primitive_bind,
    primitive_unbind,         primitive_install,      primitive_remove,      primitive_release,
    primitive_change,         primitive_share,        primitive_give_table,  primitive_graft,
    primitive_create,         primitive_set_contexts, primitive_start,       primitive_destroy,
    primitive_give_slice,     primitive_wait,         primitive_yield,       primitive_take_extent,
    primitive_return_extent,  primitive_disk,         primitive_write,       primitive_take_keys,
    primitive_break_bindings, primitive_alarm,        primitive_exit,        primitive_end_by_fault,
    primitive_give_part,      primitive_tell_end,     primitive_want_frames,
};
