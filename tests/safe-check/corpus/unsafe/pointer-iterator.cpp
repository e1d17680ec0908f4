// Iterators of a trusted container, by names that are not `begin`.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: begin-data
// breaks: rbegin's base is a pointer in the end, and nobody checks where it is.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto last = table.rbegin();
    last[0x10000] = 1;
    return {};
}
