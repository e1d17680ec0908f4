// The road of a page fault in ExOS.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/exo/environment.hpp"

#include <cstdint>

extern "C" {
// entry.S: where the kernel sends this environment's exceptions.
void exception_entry();
// Mends the exception that SAVE tells of: 0. Else only the program itself could.
std::uint64_t handle_exception(const abi::exo::SaveArea& save);
// Then its handler is entered, when the registers of the save area are in force again; or the
// process ends, in words.
void deliver_exception();
}
