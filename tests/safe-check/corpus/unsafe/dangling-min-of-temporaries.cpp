// A reference to what std::min returns, which is one of two temporaries.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: both numbers ended with the statement; the reference reads and is compared on a dead
// place.
#include "kernels/spin/interface/extension.hpp"

#include <algorithm>

namespace {

constinit std::uint64_t limit = 4;

std::uint64_t pick(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t& low = std::min(a * 2, b + 1);
    const std::uint64_t before = limit;
    console_write("a call that uses the stack\n");
    return low + before;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    limit = pick(3, 4);
    return {};
}
