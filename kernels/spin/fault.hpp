// A page fault in the SPIN kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/trap_frame.hpp"

// Raises Translation.PageNotPresent for the fault that FRAME's program ran into; the program goes
// on if a handler mends it, and ends otherwise.
void handle_page_fault(TrapFrame& frame);
