// A statement expression as the argument of TRY.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: statement-expression
// breaks: what TRY may do, its argument may not: statements with a cast in them.
#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(({
        *reinterpret_cast<std::uint64_t*>(0xffffffc080200000) = 1;
        phys_addr_limit(quota);
    }));
    return {};
}
