// std::tuple_size of a class of one's own makes a structured binding call a `get` of one's own.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-template
// breaks: with the class in the library's hands, bindings refer to what `get` has on its own
// stack.
#include "kernels/spin/interface/extension.hpp"

#include <tuple>
#include <utility>

namespace own {

struct Pair {
    std::uint64_t value = 0;
};
template <std::size_t I>
const std::uint64_t& get(const Pair& pair) {
    const std::uint64_t sum = pair.value + I;
    const std::uint64_t& it = sum;
    return it;
}

} // namespace own

template <>
struct std::tuple_size<own::Pair> : std::integral_constant<std::size_t, 2> {};
template <std::size_t I>
struct std::tuple_element<I, own::Pair> {
    using type = const std::uint64_t;
};

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const own::Pair pair{};
    const auto& [first, second] = pair;
    console_write("between\n");
    return first == second ? Result<void>() : std::unexpected(Error::invalid);
}
