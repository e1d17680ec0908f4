// The exokernel's primitives (abi/exo/primitives.hpp), each a function.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/exo/primitives.hpp"

#include <array>

// Arguments as they came in a0, a1, a2, of the environment whose slice runs.
using PrimitiveFunction = abi::exo::ReturnRegisters(std::uint64_t a0, std::uint64_t a1,
                                                    std::uint64_t a2);

// By number, for entry.S (entry.cpp). One of each number, from 0, which no primitive has.
extern "C" const std::array<PrimitiveFunction*, EXO_PRIMITIVES> primitive_table;

PrimitiveFunction primitive_unknown, primitive_allocate, primitive_deallocate, primitive_bind,
    primitive_unbind, primitive_install, primitive_remove, primitive_write,
    primitive_set_exception_context, primitive_sleep_until, primitive_exit, primitive_end_by_fault;
