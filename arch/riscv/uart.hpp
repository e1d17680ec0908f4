// The serial line: an ns16550a, bytes out by polling and in by interrupt.
// SPDX-License-Identifier: MIT
//
// National Semiconductor PC16550D, section 8 "Registers"; the firmware has set the line's speed.
// There is one line, the console's. Received bytes wait in the device (16 of them, then the other
// end waits), so nothing is kept here: on an interrupt the kernel reads until there are no more.
#pragma once

#include "arch/riscv/boot_info.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace uart {

// Whose registers to use; start.cpp says it. Without (an empty range), `is_present` is false and
// nothing else may be called.
void attach(const DeviceInfo& device);
bool is_present();

// From now on each received byte raises the device's interrupt.
void enable_receive_interrupt();
// The next received byte; none: no byte waits.
std::optional<char> read();
// Sends every byte as it is, waiting for the device where it is not ready.
void write(std::string_view bytes);

} // namespace uart
