// A specialisation of a variable template of std declares a temporary range as borrowed.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-template
// breaks: a view of a temporary array is then made without a complaint of the library's.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <span>

namespace {

struct Row : std::array<std::uint64_t, 8> {};

} // namespace

template <>
inline constexpr bool std::ranges::enable_borrowed_range<Row> = true;

namespace {

Row make_row() { return {}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<std::uint64_t> view(make_row());
    console_write("between\n");
    view[5] = 1;
    return {};
}
