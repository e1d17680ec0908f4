// Names of a structured binding refer into an expected that gets an error meanwhile.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: `view` is a reference to what is now the error's two numbers.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <expected>
#include <utility>

namespace {

using Part = std::pair<std::span<std::uint64_t>, std::uint64_t>;
using Numbers = std::array<std::uint64_t, 3>;

void poke(std::uint64_t address, std::uint64_t value) {
    std::expected<Part, Numbers> state{Part{}};
    auto& [view, count] = *state;
    state = std::unexpected(Numbers{address, 1, 1});
    view[0] = value + count;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    poke(0xffffffc080200000, 0);
    return {};
}
