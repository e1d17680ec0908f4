// A constructor is defaulted behind its class, so that `{}` leaves the members alone.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: the number is what stood on the stack, and is taken for a count.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Quote {
    Quote();
    std::uint64_t count;
    bool is_open;
};

Quote::Quote() = default;

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Quote quote{};
    seen = quote.is_open ? quote.count : 1;
    return {};
}
