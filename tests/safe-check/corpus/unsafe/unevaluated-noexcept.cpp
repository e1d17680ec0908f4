// A lambda in the noexcept of a declaration, kept as a type, and called.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the compiler evaluates `noexcept`, but the lambda's code is made and runs.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

template <auto Body>
struct Holder {
    static constexpr bool value = true;
    static void run(std::uint64_t at) { Body(at); }
};

using Poke = Holder<[](std::uint64_t at) { *(&table[0] + at) = 1; }>;

void nothing() noexcept(Poke::value) {}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    nothing();
    Poke::run(0x10000);
    return {};
}
