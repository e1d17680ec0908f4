// A forbidden cast stands in 240 pairs of parentheses.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: the tree of one expression is as deep as somebody likes.
#include "kernels/spin/interface/extension.hpp"

// clang-format off
extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::uint64_t& word =
        ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
        *reinterpret_cast<std::uint64_t*>(0xffffffc080200000)
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
        ;
    word = 1;
    return {};
}
// clang-format on
