// The bytes of a table of capabilities, by a name that argument-dependent lookup finds.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: raw-memory
// breaks: `as_writable_bytes` without `std::`: capabilities are overwritten with numbers.
#include "kernels/spin/interface/extension.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

constinit std::array<spin::FrameQuota, 2> quotas{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto bytes = as_writable_bytes(std::span(quotas));
    TRY(store<std::uint64_t>(bytes, 0, std::uint64_t{1} << 32 | 1));
    TRY(phys_addr_allocate(quotas[0]));
    return {};
}
