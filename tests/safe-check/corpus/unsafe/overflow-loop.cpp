// A loop's counter overflows, and GCC makes the loop one that never ends.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: the condition `i >= 0` always holds for GCC; the checked index is then never negative
// for it.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 2048> table{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_resume(std::int32_t step) {
    if (step <= 0)
        return {};
    for (std::int32_t i = 0; i >= 0; i += step)
        table[static_cast<std::size_t>(i / (1 << 20))] += 1;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_resume(1 << 20);
}
