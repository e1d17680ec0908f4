// A pragma makes a name stand for another one.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: the linker finds `fault_fill` where `fault_frame` is called, with other types.
#include "kernels/spin/interface/extension.hpp"

extern "C" {
Result<void> fault_fill(std::uint64_t) { return {}; }
#pragma weak fault_frame = fault_fill
std::span<std::uint64_t> fault_frame(std::uint64_t address);
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    fault_frame(0xffffffc080200000)[0] = 1;
    return {};
}
