// The magnitude of the smallest number is taken for positive.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: -INT_MIN is INT_MIN, but GCC believes it positive and drops the check of the index
// behind it.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <limits>

namespace {

constinit std::array<std::uint64_t, 2049> buckets{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_fill(std::int32_t distance) {
    const std::int32_t magnitude = distance < 0 ? -distance : distance;
    buckets[static_cast<std::size_t>(magnitude / (1 << 20))] += 1;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_fill(std::numeric_limits<std::int32_t>::min());
}
