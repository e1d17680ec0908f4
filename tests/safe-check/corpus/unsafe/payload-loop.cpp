// A loop walks over a variant's views while its body makes numbers of them.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the next element of the walk is a view whose address and length are the numbers.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <expected>

namespace {

using Views = std::array<std::span<std::uint64_t>, 2>;
using Numbers = std::array<std::uint64_t, 4>;

constinit std::array<std::uint64_t, 1> own{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::expected<Views, Numbers> state{Views{own, own}};
    for (std::span<std::uint64_t>& view : *state) {
        view[0] = 0;
        state = std::unexpected(Numbers{0xffffffc080200000, 1, 0xffffffc080200000, 1});
    }
    return {};
}
