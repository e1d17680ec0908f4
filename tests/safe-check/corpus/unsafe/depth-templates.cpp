// A pointer appears in the last of a hundred templates that instantiate each other.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: a checker that follows calls with real types may stop before it gets there.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <std::size_t N>
struct Step {
    template <class T>
    static auto& at(T& table, std::size_t i) {
        return Step<N - 1>::at(table, i);
    }
};
template <>
struct Step<0> {
    template <class T>
    static auto& at(T& table, std::size_t i) {
        auto first = table.begin();
        return first[static_cast<std::ptrdiff_t>(i)];
    }
};

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Step<100>::at(table, 0x10000) = 1;
    return {};
}
