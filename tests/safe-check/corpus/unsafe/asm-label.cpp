// A declaration says which symbol it stands for.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: asm
// breaks: a function with types of one's own stands for the kernel's extension_memory.
#include "kernels/spin/interface/extension.hpp"

namespace {

std::span<std::uint64_t> view_of(std::uint64_t quota, std::uint64_t bytes) asm("extension_memory");

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    view_of(quota.raw(), 1)[0] = 1;
    return {};
}
