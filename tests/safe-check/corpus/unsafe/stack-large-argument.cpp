// A table goes by value to a function, and comes back by value.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: the caller's frame holds two copies of 64 KiB, larger than any kernel stack.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 8192>;

constinit Table table{};

[[gnu::noinline]] Table doubled(Table values) {
    for (std::uint64_t& value : values)
        value *= 2;
    return values;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    table = doubled(doubled(table));
    return {};
}
