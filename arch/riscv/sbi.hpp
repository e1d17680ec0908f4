// Calls to the firmware (OpenSBI, in M-mode).
// SPDX-License-Identifier: MIT
//
// RISC-V Supervisor Binary Interface Specification v1.0. Each call is a visit to M-mode, which the
// probe counts apart from crossings.
#pragma once

#include <cstdint>

namespace sbi {

// Legacy extension 1, "Console Putchar": writes one byte, waiting until the device takes it.
void console_put(char character);
// Legacy extension 2, "Console Getchar": the next byte typed, or -1.
int console_get();
// Extension TIME, "Set Timer": an interrupt at that value of `time`; all ones: none.
void set_timer(std::uint64_t deadline);

} // namespace sbi
