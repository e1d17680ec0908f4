// The primitives as functions.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/exo/primitives.hpp"

#include <array>

// Arguments as they came in a0 to a3, of the environment that runs.
using PrimitiveFunction = abi::exo::ReturnRegisters(std::uint64_t a0, std::uint64_t a1,
                                                    std::uint64_t a2, std::uint64_t a3);

// By number, for entry.S (entry.cpp). One of each number, from 0, which no primitive has.
extern "C" const std::array<PrimitiveFunction*, EXO_PRIMITIVES> primitive_table;

PrimitiveFunction primitive_unknown;
// syscall.cpp
PrimitiveFunction primitive_allocate, primitive_deallocate, primitive_bind, primitive_unbind,
    primitive_install, primitive_remove, primitive_release, primitive_change, primitive_share,
    primitive_break_bindings, primitive_take_extent, primitive_return_extent, primitive_disk,
    primitive_write, primitive_take_keys, primitive_want_frames;
// environments.cpp
PrimitiveFunction primitive_give_table, primitive_graft, primitive_give_part, primitive_create,
    primitive_set_contexts, primitive_start, primitive_destroy, primitive_give_slice,
    primitive_wait, primitive_yield, primitive_alarm, primitive_exit, primitive_end_by_fault,
    primitive_tell_end;
