// A thread-local number.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: global-state
// breaks: it is found through a register that belongs to the kernel: the address is the kernel's.
#include "kernels/spin/interface/extension.hpp"

namespace {

thread_local std::uint64_t count = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    count += 1;
    return {};
}
