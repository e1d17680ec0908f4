// Where in the source an instruction comes from.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace lab {

// "find_entry at arch/riscv/sv39.hpp:190" for the instruction at PC of IMAGE, the innermost of
// inlined functions, with the path from TOP on; the address in hex when nothing is known of it.
std::string source_line(const std::filesystem::path& image, std::uint64_t pc,
                        const std::filesystem::path& top);

} // namespace lab
