// A function of one's own is another name for a function with other types.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: `view_of` has the body of `word_of`: two numbers are returned as a view.
#include "kernels/spin/interface/extension.hpp"

extern "C" {
Result<void> fault_fill(std::uint64_t address) {
    return address == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
[[using gnu: alias("fault_fill")]] std::span<std::uint64_t> fault_frame(std::uint64_t address);
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    fault_frame(0xffffffc080200000)[0] = 1;
    return {};
}
