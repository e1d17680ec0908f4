// A base class template takes itself for the class that its argument names.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: who names another class than the deriving one gets its own bytes as that class's.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <class Derived>
struct Self {
    Derived& self() { return static_cast<Derived&>(*this); }
};
struct View : Self<View> {
    std::span<std::uint64_t> words{};
};
struct Numbers : Self<View> {
    std::array<std::uint64_t, 2> words{0xffffffc080200000, 1};
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Numbers numbers{};
    numbers.self().words[0] = 1;
    return {};
}
