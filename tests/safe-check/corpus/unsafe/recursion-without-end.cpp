// A function calls itself for ever.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: it eats the strand's stack: behind it stands other memory, if no guard page does.
#include "kernels/spin/interface/extension.hpp"

namespace {

std::uint64_t depth(std::uint64_t n) { return n == 0 ? 0 : 1 + depth(n + 1); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    return depth(TRY(phys_addr_limit(quota))) == 0 ? Result<void>()
                                                   : std::unexpected(Error::invalid);
}
