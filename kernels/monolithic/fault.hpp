// A page fault in the monolithic kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

// The road between dispatch and resume: makes FAULT's page of SPACE fit for the access. bad_address
// and not_permitted: no program may do that; no_memory; input_output.
Result<void> mend(vm::SpaceId space, const Fault& fault);
