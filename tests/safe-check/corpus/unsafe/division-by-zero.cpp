// A quotient whose divisor may be zero.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: undefined in C++ and no trap on RISC-V: a compiler (GCC from 13 on) concludes that the
// divisor is not zero, and drops the check for that and those that follow from it.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> shares{};

std::uint64_t share(std::uint64_t all, std::uint64_t count) {
    const std::uint64_t each = all / count;
    if (count == 0)
        return 0;
    shares[count - 1] = each;
    return each;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::uint64_t frames = TRY(phys_addr_limit(quota));
    return share(frames, frames - TRY(phys_addr_limit(quota))) == 0
               ? Result<void>()
               : std::unexpected(Error::invalid);
}
