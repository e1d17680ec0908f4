// A table as long as the largest product that does not overflow, divided, can reach.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: GCC takes the quotient for one below 2,148, and drops the check of the index.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 2148> table{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_frame(std::uint16_t one, std::uint16_t other) {
    const int product = one * other;
    table[static_cast<std::size_t>(product / 1000000)] = 0x4141414141414141;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    TRY(fault_frame(46341, 46341));
    return fault_frame(65535, 65535);
}
