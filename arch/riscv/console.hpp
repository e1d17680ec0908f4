// The kernel's console: a print sink over the firmware.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/sbi.hpp"

#include <string_view>

struct Console {
    void put(std::string_view text) {
        for (const char character : text)
            sbi::console_put(character);
    }
};
