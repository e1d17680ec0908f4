// The library OS's state, in one struct: what elsewhere a kernel would keep.
// SPDX-License-Identifier: MIT
//
// It lies in the application's own address space and is protected from nobody but other
// applications. task.cpp fills it in; every other file finds it through `libos`.
#pragma once

#include "services/vm/tables.hpp"

struct LibraryOs {
    vm::Memory memory;
    vm::SpaceId program; // the one address space
    vm::Tables<1, abi::exo::BINDINGS / vm::NODE_RECORDS, abi::exo::BINDINGS, 1, 0> tables;
};

extern LibraryOs libos;
