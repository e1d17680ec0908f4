// A function template whose `if constexpr` returns in one case only.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: missing-return
// breaks: for the other case the body is empty, and the machine runs on behind it.
#include "kernels/spin/interface/extension.hpp"

#include <type_traits>

namespace {

constinit std::uint64_t seen = 0;

template <class T>
std::uint64_t width(T value) {
    if constexpr (std::is_same_v<T, std::uint64_t>)
        return 64 + value;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    seen = width(std::uint32_t{7});
    return {};
}
