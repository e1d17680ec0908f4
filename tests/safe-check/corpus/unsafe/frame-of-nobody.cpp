// The bytes of a capability that names no frame.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: a view of the page at the start of physical memory, or of a hole: a trap in a store of
// its own.
#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    constexpr spin::FrameCapability none{};
    zero_page(none.bytes());
    return {};
}
