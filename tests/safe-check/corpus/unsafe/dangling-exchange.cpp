// std::exchange puts a local's view where another one was.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the object that stays shows the frame of a function that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <utility>

namespace {

struct State {
    std::span<std::byte> buffer{};
};
constinit State state{};

std::size_t replace() {
    std::array<std::byte, 128> buffer{};
    return std::exchange(state.buffer, std::span<std::byte>(buffer)).size();
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    replace();
    state.buffer[100] = std::byte{1};
    return {};
}
