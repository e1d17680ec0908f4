// A view of either a table that stays or a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: where the condition fails the view shows an array that ended with the declaration.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 4>;

constinit Table fixed{};
constinit std::uint64_t seed = 0;

Table computed() { return {seed, seed + 1, seed + 2, seed + 3}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<const std::uint64_t> view = seed == 1
                                                    ? std::span<const std::uint64_t>(fixed)
                                                    : std::span<const std::uint64_t>(computed());
    seed = view[3];
    return {};
}
