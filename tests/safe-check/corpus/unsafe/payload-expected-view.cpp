// The value of an expected is held by reference while it becomes an error, which is two numbers.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: value and error share one place; the numbers become the view's address and length.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <expected>

namespace {

using Numbers = std::array<std::uint64_t, 2>;
using View = std::span<std::uint64_t>;

void poke(std::uint64_t address, std::uint64_t value) {
    std::expected<View, Numbers> state{View{}};
    View& view = *state;
    state = std::unexpected(Numbers{address, 1});
    view[0] = value;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    poke(0xffffffc080200000, 0);
    return {};
}
