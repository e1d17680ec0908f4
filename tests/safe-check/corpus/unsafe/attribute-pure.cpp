// A function says that it is without effects, and replaces what a held reference shows.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: GCC keeps the length that it read before the call and checks the index against that.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 8> table{};
constinit std::span<std::uint64_t> part = table;

[[gnu::const, gnu::noinline]] std::uint64_t shrink(std::uint64_t size) {
    part = part.first(size);
    return size;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    if (part.size() == 8 && shrink(1) == 1)
        part[7] = 1;
    return {};
}
