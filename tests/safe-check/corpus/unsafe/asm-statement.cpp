// Assembly in the body of a lambda in an unevaluated operand, which runs all the same.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: asm
// breaks: the lambda's type is named by decltype; an object of that type is made and called.
#include "kernels/spin/interface/extension.hpp"

namespace {

using Poke = decltype([](std::uint64_t address) {
    asm("sd zero, 0(%0)" : : "r"(address) : "memory");
});

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Poke{}(0xffffffc080200000);
    return {};
}
