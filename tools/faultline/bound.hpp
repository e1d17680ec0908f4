// Bounds in guest instructions: for which compiler they are promised, and what they are for others.
// SPDX-License-Identifier: MIT
//
// Another compiler makes other code of the same source: mostly less, here and there an instruction
// more. So `bench` and the tests hold what it makes to 5 % more than what is promised.
#pragma once

#include <cstdint>
#include <string_view>

namespace faultline {

inline constexpr std::string_view REFERENCE_COMPILER = "GCC 12";

// COMPILER as the manifest of the guest build names it, such as "GCC 12.2.0".
constexpr bool is_reference(std::string_view compiler) {
    return compiler.substr(0, compiler.find('.')) == REFERENCE_COMPILER;
}

constexpr std::uint64_t bound_for(std::string_view compiler, std::uint64_t promised) {
    return is_reference(compiler) ? promised : promised + promised / 20;
}
static_assert(bound_for("GCC 12.2.0", 120) == 120 && bound_for("GCC 14.2.0", 120) == 126);
static_assert(bound_for("GCC 12", 350) == 350 && bound_for("Clang 12.0.1", 350) == 367);
static_assert(bound_for("GCC 1.2.0", 100) == 105 && bound_for("", 100) == 105);

} // namespace faultline
