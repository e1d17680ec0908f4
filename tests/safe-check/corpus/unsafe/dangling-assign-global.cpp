// A view in a constinit object is set to a local array, and used by a later call.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the later store goes into whatever stands on the stack by then, a return address for
// instance.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::span<std::uint64_t> kept{};

void keep() {
    std::array<std::uint64_t, 16> words{};
    kept = words;
}

void spoil() { kept[3] = 0x4141414141414141; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    keep();
    console_write("between the two\n");
    spoil();
    return {};
}
