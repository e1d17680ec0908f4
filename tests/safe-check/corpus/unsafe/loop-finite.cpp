// A loop that never ends, behind which an index is in bounds.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: C++ lets the compiler assume that it ends: GCC deletes the loop, and the check behind
// it, since who comes out of the loop has a small index. The store goes anywhere.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_resolve(std::uint64_t index) {
    while (index >= table.size()) {
    }
    table[index] = 0x4141414141414141;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_resolve(0x10000);
}
