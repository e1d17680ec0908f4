// A union of one's own, without a name.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: union
// breaks: what was written as two numbers is read as a view.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Cell {
    union {
        std::array<std::uint64_t, 2> numbers{0xffffffc080200000, 1};
        std::span<std::uint64_t> view;
    };
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Cell cell{};
    cell.view[0] = 1;
    return {};
}
