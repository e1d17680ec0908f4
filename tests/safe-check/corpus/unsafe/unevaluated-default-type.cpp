// A template's default argument is the type of a lambda, whose body no one seems to execute.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: decltype evaluates nothing, but an object of that type is made, and its call runs.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 4>;

template <class Body = decltype([](Table& table, std::uint64_t at) { return table.data() + at; })>
struct Hidden {
    Body body{};
};

constinit Table table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    *Hidden<>().body(table, 0x10000) = 1;
    return {};
}
