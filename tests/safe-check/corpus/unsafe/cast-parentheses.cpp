// `T(x)` in a template, where T is a reference.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: a cast of the function form is a C cast, and does whatever makes it compile.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <class T, class From>
T as(From& from) {
    return T(from);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::uint64_t, 2> numbers{0xffffffc080200000, 1};
    as<std::span<std::uint64_t>&>(numbers)[0] = 1;
    return {};
}
