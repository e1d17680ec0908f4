// The stack is used up to the last few words, and then the kernel is called.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the kernel's procedure overflows on the extension's account: the trap comes from the
// kernel.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

std::uint64_t sink(spin::FrameQuota quota, std::uint64_t left) {
    std::array<std::uint64_t, 4> room{left};
    if (left == 0)
        return phys_addr_limit(quota).has_value() ? 1 : 0;
    return room[left % 4] + sink(quota, left - 1);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    std::uint64_t sum = 0;
    for (std::uint64_t depth = 1; depth < 4096; ++depth)
        sum += sink(quota, depth);
    return sum == 0 ? std::unexpected(Error::invalid) : Result<void>();
}
