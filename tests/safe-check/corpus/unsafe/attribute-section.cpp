// A table is put into the section of constructors, with a comment between the brackets.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: what runs constructors at the start calls the table's words.
#include "kernels/spin/interface/extension.hpp"

#include <array>

// clang-format off
[/* a table */[gnu::section(".init_array"), gnu::used]] constinit
    std::array<std::uint64_t, 1> starters{0xffffffc080200000};
// clang-format on

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
