// Printing on the serial line, or through the firmware.
// SPDX-License-Identifier: MIT
//
// The firmware serves where the device tree names no serial line, and until the tree was read.
#include "arch/riscv/console.hpp"

#include "arch/riscv/sbi.hpp"
#include "arch/riscv/uart.hpp"

void RawConsole::put(std::string_view text) {
    if (uart::is_present())
        return uart::write(text);
    for (const char character : text)
        sbi::console_put(character);
}

void Console::put(std::string_view text) {
    if (!uart::is_present())
        return RawConsole().put(text);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        uart::write(line);
        text.remove_prefix(line.size());
        if (!text.empty()) {
            uart::write("\r\n");
            text.remove_prefix(1);
        }
    }
}
