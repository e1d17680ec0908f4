// A private base with one name brought out: a range that is longer than it is.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: std::span takes `data` from the base and the size from the class, and checks neither.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

class Liar : private std::array<std::uint64_t, 4> {
    using Base = std::array<std::uint64_t, 4>;

public:
    using Base::begin;
    using Base::data;
    using Base::end;
    constexpr Liar() : Base{} {}
    std::size_t size() const { return 1 << 16; }
};

constinit Liar liar{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::span<std::uint64_t> all(liar);
    all[0x1000] = 1;
    return {};
}
