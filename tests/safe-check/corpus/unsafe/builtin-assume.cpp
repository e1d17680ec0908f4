// An attribute's builtin says what the compiler may take for granted.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: reserved-name
// breaks: the index is in bounds, it says; GCC believes it.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::uint64_t index = TRY(phys_addr_limit(quota));
    table[__builtin_expect(index < 4, 1) ? index : index & ~__builtin_constant_p(index)] = 1;
    if (index >= 4)
        __builtin_unreachable();
    return {};
}
