// How a program ends when the library OS cannot go on for it.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/fault.hpp"
#include "lib/result.hpp"

// Says program, pc, address and cause on the console, and ends the environment.
[[noreturn]] void end_by_fault(const Fault& fault, Error why);
[[noreturn]] void end_by_exception(std::uint64_t cause, VirtAddr pc, std::uint64_t value);
