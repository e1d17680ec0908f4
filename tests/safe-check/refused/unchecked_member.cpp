// Refused: std-name@11,15,20,23,27: what the library does not check.
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>

namespace vm {

// Longer than memory.
inline char after(std::string_view text) {
    text.remove_suffix(text.size() + 1);
    return text[1'000'000];
}
inline std::size_t length(std::string_view text) {
    text.remove_suffix(1);
    return text.size();
}

// As long as its traits say, and those may be one's own.
inline std::size_t size(const std::basic_string_view<char>& text) { return text.size(); }

// The least of none.
inline int least() { return std::min<int>({}); }

template <class Text>
void shorten(Text& text) {
    text.remove_suffix(1);
}

inline void cut(std::string_view text) { shorten(text); }

} // namespace vm
