// Faults and exceptions that nobody but the program itself could mend: its handler, or its end.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

#include "lib/fault.hpp"

// Enters PROCESS's own handler for FAULT, or ends the process and says why.
void deliver_fault(Process& process, const Fault& fault, Error why);

// The same for any other exception; CAUSE and VALUE are scause and stval.
void deliver_exception(Process& process, std::uint64_t cause, std::uint64_t value);
