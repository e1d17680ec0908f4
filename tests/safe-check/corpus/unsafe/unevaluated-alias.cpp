// An alias template of a lambda's type: the body is looked at by nobody before it is called.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: with a number's type the lambda makes a reference out of the number.
#include "kernels/spin/interface/extension.hpp"

namespace {

template <class Number>
using Poke = decltype([](Number address) { *reinterpret_cast<Number*>(address) = 1; });

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Poke<std::uint64_t>{}(0xffffffc080200000);
    return {};
}
