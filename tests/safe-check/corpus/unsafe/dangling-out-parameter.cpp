// A local's view leaves its function through a reference parameter.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: after the call the caller writes into the frame of the function that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

void fill(std::span<std::uint32_t>& out) {
    std::array<std::uint32_t, 32> squares{};
    for (std::uint32_t i = 0; i < squares.size(); ++i)
        squares[i] = i * i;
    out = squares;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::span<std::uint32_t> squares{};
    fill(squares);
    squares[5] = 0;
    return {};
}
