// Exceptions in the library OS.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/exo/environment.hpp"

extern "C" {
// entry.S: where the kernel sends this environment's exceptions.
void exception_entry();
// Mends the exception that SAVE tells of and returns, or ends the program with a report.
void handle_exception(const abi::exo::SaveArea& save);
}
