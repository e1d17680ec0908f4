// The library's run-time checks are switched off before the library is read.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: an index out of bounds goes where it points to.
#undef _GLIBCXX_ASSERTIONS

#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    table[TRY(phys_addr_limit(quota))] = 1;
    return {};
}
