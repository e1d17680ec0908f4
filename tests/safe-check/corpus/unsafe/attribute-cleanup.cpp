// A function that runs when a local ends, by an attribute with a call in it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: its parameter is a pointer to the local, which it writes beyond.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

void leave(std::uint64_t* place) { place[0x100] = 0; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    [[gnu::cleanup(leave)]] std::uint64_t local = 1;
    return local == 1 ? Result<void>() : std::unexpected(Error::invalid);
}
