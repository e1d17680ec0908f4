// A function hands its reference parameter on as a view; the default argument is a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: who calls it without an argument gets a view of an array that ended with the statement.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Words = std::array<std::uint64_t, 8>;

std::span<const std::uint64_t> view_of(const Words& words = Words{7, 7, 7}) { return words; }

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<const std::uint64_t> view = view_of();
    console_write("between\n");
    seen = view[1];
    return {};
}
