// A generic lambda that only std::visit instantiates returns its parameter by reference.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the visit's result is a reference to a parameter of a call that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <variant>

namespace {

using Words = std::array<std::uint64_t, 8>;

constinit std::variant<Words, std::monostate> state{};

const Words& copied() {
    return std::visit(
        [](auto value) -> const Words& {
            if constexpr (std::is_same_v<decltype(value), Words>)
                return value;
            else
                return std::get<Words>(state);
        },
        state);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Words& words = copied();
    console_write("between\n");
    return words[7] == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
