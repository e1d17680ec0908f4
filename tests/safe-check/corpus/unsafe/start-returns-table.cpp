// extension_start returns a table: where to write it the caller says, who does not know.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: a large result goes to the address in the first register, where the kernel put the
// quota's word.
#include "lib/result.hpp"

#include <array>
#include <cstdint>

extern "C" std::array<std::uint64_t, 64> extension_start() {
    std::array<std::uint64_t, 64> words{};
    words[0] = 0x4141414141414141;
    return words;
}
