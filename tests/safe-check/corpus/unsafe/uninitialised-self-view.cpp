// A view is made of itself in its own initialiser, by way of a function.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: it shows an address and a length that were left on the stack.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using View = std::span<std::uint64_t>;

View shorter(const View& view) { return view; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    View view = shorter(view);
    if (!view.empty())
        view[0] = 1;
    return {};
}
