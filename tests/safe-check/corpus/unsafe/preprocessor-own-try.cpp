// TRY means something else from here on.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: the checker knows TRY by its name and what it does; this one makes a reference out of a
// number.
#include "kernels/spin/interface/extension.hpp"

#undef TRY
#define TRY(expression) *reinterpret_cast<std::uint64_t*>(expression)

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    TRY(0xffffffc080200000) = 1;
    return {};
}
