// A conversion operator of one's own shows a member of a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the view is made by an implicit call, and its object ends with the declaration.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Block {
    std::array<std::byte, 64> bytes{};
    operator std::span<std::byte>() { return bytes; }
};

Block read_block() { return {}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<std::byte> bytes = read_block();
    console_write("between\n");
    bytes[63] = std::byte{1};
    return {};
}
