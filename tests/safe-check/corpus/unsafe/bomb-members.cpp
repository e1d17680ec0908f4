// A type of 2^40 views, in few lines: each level has two members of the level before.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: it takes a checker that walks through types longer than anybody waits; who gives up must
// refuse: what is returned has views in it, which show a local.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <std::size_t N>
struct Nest {
    Nest<N - 1>& first;
    Nest<N - 1>& second;
};
template <>
struct Nest<0> {
    std::span<std::uint64_t> view{};
};

template <std::size_t N>
Nest<N> wrap(Nest<N - 1>& inner) {
    return {inner, inner};
}

Nest<2> make() {
    Nest<0> view{};
    Nest<1> inner = wrap<1>(view);
    return wrap<2>(inner);
}

bool is_wide(const Nest<40>& wide, const Nest<40>& other) { return sizeof wide == sizeof other; }
using Question = decltype(is_wide);

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Nest<2> nest = make();
    console_write("between\n");
    nest.first.first.view = {};
    return std::is_function_v<Question> ? Result<void>() : std::unexpected(Error::invalid);
}
