// A number declared in front of a switch's first case.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: nothing ever runs there; the number that the cases use is the stack's.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t seen = 0;

std::uint64_t decide(std::uint64_t kind) {
    switch (kind) {
        std::uint64_t weight;
    case 0:
        weight += 1;
        return weight;
    default:
        return kind;
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    seen = decide(seen);
    return {};
}
