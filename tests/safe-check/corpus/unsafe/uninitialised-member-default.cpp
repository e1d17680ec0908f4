// A member's default initialiser reads a member behind it, through a function of the class.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: the function sees a view that does not exist yet.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

class Window {
public:
    std::span<std::uint64_t> part() const { return part_; }

private:
    std::span<std::uint64_t> half() const { return whole_; }

    std::span<std::uint64_t> part_ = half();
    std::span<std::uint64_t> whole_{};
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Window window{};
    if (!window.part().empty())
        window.part()[0] = 1;
    return {};
}
