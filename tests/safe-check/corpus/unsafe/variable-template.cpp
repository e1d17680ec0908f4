// A template of variables, whose initialiser is a forbidden cast.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: unknown
// breaks: libclang shows no such declaration, and nothing in it.
#include "kernels/spin/interface/extension.hpp"

namespace {

template <std::uint64_t ADDRESS>
std::uint64_t& word = *reinterpret_cast<std::uint64_t*>(ADDRESS);

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    word<0xffffffc080200000> = 1;
    return {};
}
