// A constant that takes the compiler longer than it is willing to compute.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: the checker's front end has other limits than GCC: it must end, whatever it says.
#include "kernels/spin/interface/extension.hpp"

namespace {

constexpr std::uint64_t fibonacci(std::uint64_t n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
constexpr std::uint64_t LARGE = fibonacci(60);

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return LARGE == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
