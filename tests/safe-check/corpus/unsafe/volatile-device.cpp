// A device's register, by its address.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: volatile
// breaks: what the device does with the word, nobody checks.
#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    volatile std::uint64_t word = 0xffffffc010000000;
    word = word + 1;
    return {};
}
