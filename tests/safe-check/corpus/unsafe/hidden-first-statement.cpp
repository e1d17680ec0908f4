// The first statement of a range-for and of a switch, which libclang does not show.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: hidden-statement
// breaks: a view of a temporary, and a write through it.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Words = std::array<std::uint64_t, 4>;

Words make_words() { return {1, 2, 3, 4}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    for (const std::span<const std::uint64_t> view(make_words()); const std::uint64_t word : view)
        if (word == TRY(phys_addr_limit(quota)))
            return std::unexpected(Error::invalid);
    switch (auto& word = *reinterpret_cast<std::uint64_t*>(0xffffffc080200000); word) {
    case 1:
        word = 2;
    }
    return {};
}
