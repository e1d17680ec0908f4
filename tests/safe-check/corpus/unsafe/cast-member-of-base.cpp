// A static_cast to an rvalue reference of a derived class.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: `&&` makes it no less a downcast; the moved-from object is larger than what is there.
#include "kernels/spin/interface/extension.hpp"

#include <utility>

namespace {

struct Small {
    std::uint64_t word = 1;
};
struct Large : Small {
    std::span<std::uint64_t> view{};
};

Large taken(Small& small) { return static_cast<Large&&>(small); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Small small{};
    taken(small).view[0] = 1;
    return {};
}
