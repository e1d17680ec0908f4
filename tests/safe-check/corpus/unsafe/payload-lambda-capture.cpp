// A lambda has captured a reference to a value in an optional, which is reset before the call.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the call writes through a view that belonged to the value, whose array is somebody
// else's.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <expected>

namespace {

using View = std::span<std::uint64_t>;
using Numbers = std::array<std::uint64_t, 2>;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::expected<View, Numbers> state{View{}};
    const auto poke = [&view = *state](std::uint64_t value) { view[0] = value; };
    state = std::unexpected(Numbers{0xffffffc080200000, 1});
    poke(0);
    return {};
}
