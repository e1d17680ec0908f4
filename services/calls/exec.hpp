// What one exec at a time works with, and what all programs share.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/elf.hpp"
#include "services/exec/program.hpp"

#include <array>

namespace call {

struct Exec {
    bool is_busy = false; // one process is in the middle of an exec; the others wait for its end
    exec::Arguments arguments;
    std::array<std::byte, elf::HEAD_BYTES> head{}; // of the file
    exec::Image system_library{};                  // held from the start on
};

} // namespace call
