// A naked function has no frame: its end is whatever stands behind it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: the compiler writes no return: the machine runs into the next function.
#include "kernels/spin/interface/extension.hpp"

[[gnu::naked, gnu::noinline]] void nothing() {}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    nothing();
    return {};
}
