// How a program ends when the library OS cannot go on for it.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/fault.hpp"
#include "lib/result.hpp"

// What nobody but the program itself could mend. It has no handler here yet, so the environment
// ends, with program, pc, address and cause in words. CAUSE and VALUE are scause and stval.
[[noreturn]] void deliver_fault(const Fault& fault, Error why);
[[noreturn]] void deliver_exception(std::uint64_t cause, VirtAddr pc, std::uint64_t value);
