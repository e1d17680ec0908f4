// A signed sum overflows, and GCC drops the bounds check that the overflow defeats.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: a number that is not negative gets 1 added and is divided: GCC knows the quotient as 0
// to 2047, so the index is not checked; of the largest number it is -2048.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <limits>

namespace {

constinit std::array<std::uint64_t, 2048> table{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_frame(std::int32_t number) {
    if (number < 0)
        return std::unexpected(Error::invalid);
    table[static_cast<std::size_t>((number + 1) / (1 << 20))] = 0x4141414141414141;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_frame(std::numeric_limits<std::int32_t>::max());
}
