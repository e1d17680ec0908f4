// Refused: array@8,9,14,15,17,18,23 pointer@9,14,15,18: a literal is an array.
// SPDX-License-Identifier: MIT
#include <string_view>

namespace vm {

template <class T>
char third(const T& text) {
    return text[2];
}

inline char first() {
    // A pointer, and a reference to an array behind auto.
    const auto decayed = "decayed";
    const char letter = "unchecked"[11];
    // An array, by reference.
    const auto& kept = "kept";
    return decayed[7] == letter ? letter : kept[9];
}

inline char through_a_template() {
    // Inside, the index is one into an array.
    return third("abc");
}

} // namespace vm
