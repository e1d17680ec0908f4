// Two small unsigned numbers are promoted to int, whose product overflows.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: the product of two 16-bit numbers is taken for positive by GCC; the check of the index
// is gone.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 2048> histogram{};

} // namespace

extern "C" [[gnu::noipa]] Result<void> fault_install(std::uint16_t width, std::uint16_t height) {
    histogram[static_cast<std::size_t>((width * height) >> 20)] += 1;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return fault_install(65535, 65535);
}
