// A lambda with a result, one way through which returns nothing.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: missing-return
// breaks: the machine runs into the next function with this one's stack.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto grade = [](std::uint64_t value) -> std::uint64_t {
        if (value < 10)
            return 1;
        if (value >= 10 && value != 11)
            return 2;
    };
    seen = grade(seen + 11);
    return {};
}
