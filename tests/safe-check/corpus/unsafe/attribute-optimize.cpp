// A function asks for other flags than the extension is compiled with.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: wrapping arithmetic is off in there, and the bounds check behind an overflow is dropped
// again.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <limits>

namespace {

constinit std::array<std::uint64_t, 2048> table{};

[[gnu::optimize("no-wrapv", "no-sanitize=all")]] void spoil(std::int32_t number) {
    if (number >= 0)
        table[static_cast<std::size_t>((number + 1) / (1 << 20))] = 1;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    spoil(std::numeric_limits<std::int32_t>::max());
    return {};
}
