// A local that is larger than the stack and its guard page together.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: the first store goes beyond the guard page, into another strand's stack.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::uint64_t seen = 0;

[[gnu::noinline]] void work(std::uint64_t at) {
    std::array<std::byte, 256 * 1024> room{};
    room[at % room.size()] = std::byte{1};
    seen = std::to_integer<std::uint64_t>(room[(at + 1) % room.size()]);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    work(100);
    return {};
}
