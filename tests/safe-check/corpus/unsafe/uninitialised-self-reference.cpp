// A reference is bound to itself.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: it refers to an address that stood on the stack.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 8>;

Table& checked(Table& table) { return table; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Table& table = checked(table);
    table[1] = 1;
    return {};
}
