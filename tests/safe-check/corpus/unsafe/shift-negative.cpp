// A shift by a negative count.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: undefined in C++: GCC may believe the count to be small in what follows.
#include "kernels/spin/interface/extension.hpp"

#include <bit>

namespace {

constinit std::uint64_t seen = 1;

std::uint64_t align(std::uint64_t value, int order) {
    const std::uint64_t unit = std::uint64_t{1} << order;
    return (value + unit - 1) / unit * unit;
}

int order_of(std::uint64_t bytes) { return bytes == 0 ? -1 : std::bit_width(bytes) - 1; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    seen = align(seen, order_of(seen - 1));
    return {};
}
