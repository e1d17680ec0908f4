// The end of a world whose own invariant is broken.
// SPDX-License-Identifier: MIT
//
// Declared here for all; defined once in each world: arch/riscv/machine.cpp for a kernel, and by
// each server and system library for itself. No user action may reach it in a kernel.
#pragma once

#include <string_view>

[[noreturn]] void panic(std::string_view why);
