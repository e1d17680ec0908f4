// The smallest number divided by -1.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the quotient overflows: undefined in C++, and GCC may believe it positive.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <limits>

namespace {

constinit std::array<std::uint64_t, 2048> table{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_frame(std::int32_t number, std::int32_t scale) {
    const std::int32_t scaled = number / scale;
    if (number < 0 && scale < 0)
        table[static_cast<std::size_t>(scaled / (1 << 20))] += 1; // two negatives: not negative
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_frame(std::numeric_limits<std::int32_t>::min(), -1);
}
