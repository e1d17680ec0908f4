// Refused: spelling@8,13 pointer@13: other spellings of the same tokens.
// SPDX-License-Identifier: MIT
#include <array>

namespace vm {

// clang-format off
inline int first(const std::array<int, 2>& numbers) { return numbers<:0:>; }
// clang-format on

inline bool same(const int& a, const int& b) {
    // The address of, in a word.
    return bitand a == bitand b;
}

} // namespace vm
