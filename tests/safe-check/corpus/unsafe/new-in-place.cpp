// An object is made in the place of another one, of another type.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: new
// breaks: the view that lives there shows what the numbers said.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 2> numbers{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto& view = *new (&numbers) std::span<std::uint64_t>();
    numbers = {0xffffffc080200000, 1};
    view[0] = 1;
    return {};
}
