// A function hands out a view of its own array.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the caller writes into a stack frame that is already somebody else's, a kernel
// procedure's next.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

std::span<std::uint64_t> room() {
    std::array<std::uint64_t, 8> words{};
    return std::span<std::uint64_t>(words);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<std::uint64_t> words = room();
    words[7] = 1;
    return {};
}
