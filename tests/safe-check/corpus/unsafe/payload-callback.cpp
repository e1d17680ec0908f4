// A predicate that a trusted algorithm calls replaces the table that the algorithm walks over.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the algorithm goes on over a table whose views are numbers now.
#include "kernels/spin/interface/extension.hpp"

#include <algorithm>
#include <array>
#include <expected>

namespace {

using Views = std::array<std::span<std::uint64_t>, 2>;
using Numbers = std::array<std::uint64_t, 4>;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::expected<Views, Numbers> state{Views{}};
    const bool found = std::ranges::any_of(*state, [&](const std::span<std::uint64_t>& view) {
        if (view.size() == 1)
            view[0] = 0;
        state = std::unexpected(Numbers{0xffffffc080200000, 1, 0xffffffc080200000, 1});
        return false;
    });
    return found ? Result<void>() : std::unexpected(Error::not_found);
}
