// A forbidden cast stands in 60 lambdas, one in the other.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: each lambda is a class with a function: three levels of a syntax tree and more for each.
#include "kernels/spin/interface/extension.hpp"

// clang-format off
namespace {

void poke(std::uint64_t address) {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    [&] { [&] { [&] { [&] { [&] { [&] {
    *reinterpret_cast<std::uint64_t*>(address) = 1;
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
    }(); }(); }(); }(); }(); }();
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    poke(0xffffffc080200000);
    return {};
}
// clang-format on
