// extension_start takes the quota's word for a reference to something of its own.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: the word's address is read and written; a table behind it is indexed within its own
// bounds.
#include "lib/result.hpp"

#include <array>
#include <cstdint>

namespace {

using Table = std::array<std::uint64_t, 512>;

} // namespace

extern "C" Result<void> extension_start(Table& table, Table& program) {
    for (std::uint64_t& word : program)
        word = 0;
    table[0] = 1;
    return {};
}
