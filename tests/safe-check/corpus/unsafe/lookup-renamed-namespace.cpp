// The library under another name, and a function of it by that.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: raw-memory
// breaks: `s::as_writable_bytes` is the same function as with `std` in front.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

namespace s = std;

constinit std::array<spin::FrameQuota, 2> quotas{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto bytes = s::as_writable_bytes(s::span(quotas));
    bytes[0] = std::byte{1};
    return {};
}
