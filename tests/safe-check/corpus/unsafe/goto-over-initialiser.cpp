// A jump back in front of a declaration whose object was in use.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: goto
// breaks: the view shows the array of the round before, which has ended.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::uint64_t rounds = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::span<std::uint64_t> view{};
again:
    std::array<std::uint64_t, 8> words{};
    if (!view.empty())
        view[0] = 1;
    view = words;
    if (++rounds < 3)
        goto again;
    return {};
}
