// A template calls itself twice at each level, with other arguments each time.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: 2^12 specialisations, and a forbidden cast in each of them, behind as many calls.
#include "kernels/spin/interface/extension.hpp"

namespace {

template <std::uint64_t N, unsigned LEVELS>
std::uint64_t spread() {
    if constexpr (LEVELS == 0)
        return *reinterpret_cast<std::uint64_t*>(N);
    else
        return spread<2 * N, LEVELS - 1>() + spread<2 * N + 1, LEVELS - 1>();
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return spread<1, 11>() == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
