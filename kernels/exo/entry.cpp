// The upcalls: everything that can reach the exokernel's C++, as a table of contents.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Next: the file named in each. Page faults and other exceptions are not here: they reach the library
// OS from entry.S and come back as primitives, if the library OS wants something of the kernel.
#include "kernel.hpp"
#include "syscall.hpp"

#include "arch/riscv/upcalls.hpp"

// syscall.cpp: a number becomes a primitive.
abi::exo::Answer on_primitive(std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                              std::uint64_t /*a3*/, std::uint64_t /*a4*/, std::uint64_t /*a5*/,
                              std::uint64_t /*a6*/, std::uint64_t number) {
    return perform(running_environment(), static_cast<abi::exo::Primitive>(number), {a0, a1, a2});
}

// schedule.cpp: somebody's time has come.
void on_timer() { wake_sleepers(); }

// No device is enabled.
void on_device() { panic("a device interrupt, though no device was enabled"); }
