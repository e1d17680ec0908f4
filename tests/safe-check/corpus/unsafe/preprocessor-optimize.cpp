// A pragma takes back the flags that make arithmetic harmless.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: behind it the bounds check that an overflow defeats is dropped again.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <limits>

#pragma GCC optimize("no-wrapv", "finite-loops")

namespace {

constinit std::array<std::uint64_t, 4> table{};

[[gnu::noinline]] void spoil(std::uint64_t index) {
    while (index >= table.size()) {
    }
    table[index] = 1;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    spoil(0x10000);
    return {};
}
