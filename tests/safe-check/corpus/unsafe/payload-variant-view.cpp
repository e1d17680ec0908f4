// A view inside a variant is held by reference while the variant gets a number instead.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the number becomes the view's address and length: any memory can be read and written.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <variant>

namespace {

using Numbers = std::array<std::uint64_t, 2>;
using View = std::span<std::uint64_t>;

struct Forge {
    std::variant<View, Numbers> state{};

    void poke(std::uint64_t address, std::uint64_t value) {
        state = View{};
        std::visit(
            [&](auto& held) {
                state = Numbers{address, 1};
                if constexpr (std::is_same_v<decltype(held), View&>)
                    held[0] = value;
            },
            state);
    }
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Forge forge{};
    forge.poke(0xffffffc080200000, 0);
    return {};
}
