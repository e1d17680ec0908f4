// An optional view outside is filled by emplace with a local's view.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the member call is no assignment in the text, and leaves a view of a dead frame behind.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

constinit std::optional<std::span<std::uint64_t>> kept{};

void remember() {
    std::array<std::uint64_t, 8> words{};
    kept.emplace(words);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    remember();
    (*kept)[2] = 2;
    return {};
}
