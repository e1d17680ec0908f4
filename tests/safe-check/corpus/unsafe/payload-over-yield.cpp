// A reference into an expected is held while another strand runs, which puts an error there.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: nobody assigns to it in this function, and still the view is made of numbers when it
// goes on.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <expected>

namespace {

using View = std::span<std::uint64_t>;
using Numbers = std::array<std::uint64_t, 2>;

struct Shared {
    std::expected<View, Numbers> state{View{}};
};
constinit Shared shared{};

void replace() { shared.state = std::unexpected(Numbers{0xffffffc080200000, 1}); }

void use() {
    View& view = *shared.state;
    strand_yield();
    if (!view.empty())
        view[0] = 0;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(strand_create(quota, use));
    TRY(strand_create(quota, replace));
    return {};
}
