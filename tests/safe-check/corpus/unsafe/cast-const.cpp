// A constant is written to.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: it lies in memory that is read-only, or the compiler has used its value already.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constexpr std::array<std::uint64_t, 4> LIMITS{1, 2, 3, 4};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const_cast<std::array<std::uint64_t, 4>&>(LIMITS)[0] = 100;
    return {};
}
