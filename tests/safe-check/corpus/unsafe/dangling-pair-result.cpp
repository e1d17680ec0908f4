// A local's view is returned inside a pair that a structured binding took apart.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the view in the pair shows the array of the function that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <utility>

namespace {

using Words = std::array<std::uint64_t, 8>;
using Part = std::pair<std::span<std::uint64_t>, std::size_t>;

Part halve(Words& words) { return {std::span(words).first(4), 4}; }

Part half() {
    Words words{};
    const auto [view, count] = halve(words);
    return {view, count};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto [view, count] = half();
    view[count - 1] = 1;
    return {};
}
