// A temporary that std::move made into a reference.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: std::move's result is a reference, and the temporary ends with the declaration.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <utility>

namespace {

using Words = std::array<std::uint64_t, 8>;

Words words_of(std::uint64_t key) { return {key, key}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Words&& words = std::move(words_of(4));
    console_write("between\n");
    words[6] = 1;
    return {};
}
