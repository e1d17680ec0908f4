// A function hands out a view of a parameter that it got by value.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the parameter ends with the call; the view shows the stack that was left.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Words = std::array<std::uint64_t, 8>;

std::span<std::uint64_t> tail_of(Words words) { return std::span(words).subspan(4); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Words words{};
    tail_of(words)[0] = 1;
    return {};
}
