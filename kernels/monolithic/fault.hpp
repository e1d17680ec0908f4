// A page fault in the monolithic kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/trap_frame.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

struct Process;

// Mends the fault that FRAME's program ran into, delivers it to the program's own handler, or ends
// the process.
void handle_page_fault(TrapFrame& frame);

// The road between dispatch and resume: makes FAULT's page of SPACE fit for the access. bad_address
// and not_permitted: no program may do that; no_memory; input_output.
Result<void> mend(vm::SpaceId space, const Fault& fault);
