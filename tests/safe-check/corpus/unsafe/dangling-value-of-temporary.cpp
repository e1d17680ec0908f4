// A reference to the value of an optional that is a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the value's place ends with the declaration.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

using Words = std::array<std::uint64_t, 8>;

std::optional<Words> find(std::uint64_t key) {
    if (key == 0)
        return std::nullopt;
    return Words{key};
}

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Words& words = *find(5);
    console_write("between\n");
    seen = words[7];
    return {};
}
