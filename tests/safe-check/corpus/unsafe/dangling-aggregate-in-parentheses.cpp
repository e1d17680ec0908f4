// A struct with a reference, made of a temporary with parentheses instead of braces.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: braces would keep the temporary alive as long as the struct; parentheses do not.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 8>;

Table make_table(std::uint64_t first) { return {first, first, first}; }

struct Rows {
    const Table& table;
    std::uint64_t count;
};

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Rows rows(make_table(9), 3);
    console_write("between\n");
    for (std::uint64_t i = 0; i < rows.count; ++i)
        sum += rows.table[i];
    return {};
}
