// A view's initialiser is a lambda that captured the view and reads it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: the same, behind a call that is not to be seen as one.
#include "kernels/spin/interface/extension.hpp"

namespace {

using View = std::span<std::uint64_t>;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    View view = [&] { return view; }();
    if (!view.empty())
        view[0] = 1;
    return {};
}
