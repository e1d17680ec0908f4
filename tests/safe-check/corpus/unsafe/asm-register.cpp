// A variable that stands for a machine register.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: asm
// breaks: the stack pointer is a number that one may set.
#include "kernels/spin/interface/extension.hpp"

namespace {

[[gnu::noinline]] std::uint64_t stack() {
    register std::uint64_t pointer asm("sp");
    return pointer;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return stack() == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
