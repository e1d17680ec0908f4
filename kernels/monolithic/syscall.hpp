// System calls of the monolithic kernel (abi/calls/system_calls.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/trap_frame.hpp"

// Carries out the call that FRAME's registers ask for and puts the result where the program finds
// it.
void handle_system_call(TrapFrame& frame);
