// A base becomes a class that derives from it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: what is taken for the derived class's view are the bytes behind the base.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Base {
    std::uint64_t kind = 0;
};
struct Wide : Base {
    std::span<std::uint64_t> view{};
};

constinit std::array<std::uint64_t, 3> words{0, 0xffffffc080200000, 1};
constinit Base base{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    static_cast<Wide&>(base).view[0] = words[1];
    return {};
}
