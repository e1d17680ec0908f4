// Two views change places: the one of a local goes into the object that stays.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: std::swap has no result that could be looked at; the object keeps a view of a dead
// frame.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <utility>

namespace {

constinit std::span<std::uint64_t> kept{};

void trade() {
    std::array<std::uint64_t, 8> words{};
    std::span<std::uint64_t> mine(words);
    std::swap(kept, mine);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    trade();
    kept[1] = 1;
    return {};
}
