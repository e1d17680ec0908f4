// A forbidden cast stands in 120 blocks, one in the other.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: a checker that stops looking at some depth does not see it.
#include "kernels/spin/interface/extension.hpp"

// clang-format off
namespace {

void poke() {
    {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{
    {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{
        *reinterpret_cast<std::uint64_t*>(0xffffffc080200000) = 1;
    }}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
    }}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    poke();
    return {};
}
// clang-format on
