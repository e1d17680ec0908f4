// A reference to an element of a tuple that a function returned.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: std::get of a temporary gives a reference into it, which nothing keeps alive.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <tuple>

namespace {

using Row = std::tuple<std::array<std::uint64_t, 4>, std::uint64_t>;

Row row(std::uint64_t key) { return {{key, key}, 2}; }

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto&& words = std::get<0>(row(5));
    console_write("between\n");
    words[3] = 1;
    seen = words[0];
    return {};
}
