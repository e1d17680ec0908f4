// Other spellings of brackets, of `&` and of `#`.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: spelling
// breaks: a C array and an address, for whoever looks for brackets.
#include "kernels/spin/interface/extension.hpp"

// clang-format off
%:pragma GCC optimize("no-wrapv")

namespace {

constinit std::uint64_t words<:4:>{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto place = bitand words<:0:>;
    place<:0x10000:> = 1;
    return {};
}
// clang-format on
