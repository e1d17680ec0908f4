// The one thing that the kernel does about a system call: it raises Trap.SystemCall.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/trap_frame.hpp"

// Calls the handler whose guards hold for FRAME's registers and puts its answer where the program
// finds it. invalid: no guard holds.
void raise_system_call(TrapFrame& frame);
