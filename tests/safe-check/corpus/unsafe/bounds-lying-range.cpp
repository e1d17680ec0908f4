// A class derives from std::array and says that it is larger; a span is made of it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the span believes `size`: a megabyte behind eight bytes can be written.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Liar : std::array<std::byte, 8> {
    constexpr std::size_t size() const { return 1 << 20; }
};

constinit Liar liar{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<std::byte> all(liar);
    all[0x2000] = std::byte{1};
    return {};
}
