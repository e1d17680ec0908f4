// Ending the machine with an exit code.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/address.hpp"

#include <cstdint>

// Tells the HAL where the device tree placed the test device ("sifive,test0"). start.cpp does it
// first of all.
void set_test_device(PhysAddr device);

// Ends QEMU; its exit status is CODE.
[[noreturn]] void end_machine(std::uint8_t code);

// A trap came from the kernel itself, whose sp was STACK: a broken invariant. Reports it, naming a
// stack that overflowed, and panics.
extern "C" [[noreturn]] void kernel_trap(VirtAddr stack);
