// A C array that no one declares: a reference to a literal has its type.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: array
// breaks: the literal's characters are indexed beyond its end.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const auto& text = "abc";
    seen = static_cast<unsigned char>(text[TRY(phys_addr_limit(quota))]);
    return {};
}
