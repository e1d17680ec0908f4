// What clang reads is another text than what GCC reads.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: the checker sees a function without a body.
#include "kernels/spin/interface/extension.hpp"

namespace {

void poke() {
#ifndef __clang__
    *reinterpret_cast<std::uint64_t*>(0xffffffc080200000) = 1;
#endif
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    poke();
    return {};
}
