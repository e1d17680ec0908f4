// A source file of the trusted library is included, as if it were a header.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: include
// breaks: it defines what the kernel's runtime defines, `memcpy` and its kin, in the extension's
// object.
#include "kernels/spin/interface/extension.hpp"

#include "lib/memory.cpp"

#include <array>

namespace {

constinit std::array<std::byte, 8> small{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    memset(small.data(), 1, 4096);
    return {};
}
