// A page fault in the monolithic kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/trap_frame.hpp"

// Mends the fault that FRAME's program ran into, or ends that process.
void handle_page_fault(TrapFrame& frame);
