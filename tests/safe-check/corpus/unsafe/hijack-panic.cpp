// A `panic` that takes a text as it is, declared in front of a trusted header that calls panic.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: copy_bytes checks its lengths and calls `panic("...")`; the template fits better than
// the trusted function, returns, and the copy runs over what stands behind eight bytes.
#include "lib/panic.hpp"

#include <cstdint>

constinit std::uint64_t failures = 0;

inline void panic(const auto&) { failures += 1; }

#include "lib/bytes.hpp"

#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::byte, 8> small{};
constinit std::array<std::byte, 4096> large{};

void copy(std::span<std::byte> to) { copy_bytes(to, large); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    copy(small);
    return {};
}
