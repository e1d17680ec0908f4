// A template's parameter becomes a pointer without a word that says so.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: a function's name decays where the parameter is `auto`; a table of that type has zeroes
// in it, and a call of one jumps to address 0.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

void harmless(std::uint64_t) {}

auto table_of(auto value) {
    std::array<decltype(value), 4> table{};
    table[0] = value;
    return table;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto table = table_of(harmless);
    table[1](0);
    return {};
}
