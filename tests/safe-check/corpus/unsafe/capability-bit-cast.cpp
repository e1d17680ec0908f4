// A view is a number's bits, by a name that argument-dependent lookup finds.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: bit-cast
// breaks: `bit_cast` without `std::` in front; its argument is a std::array, so the library's is
// found.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <bit>

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::array<std::uint64_t, 2> numbers{0xffffffc080200000, 64};
    const auto view = bit_cast<std::span<std::uint64_t>>(numbers);
    view[0] = 1;
    return {};
}
