// Refused: foreign-template@13,17,22,26: templates of others stay as they are.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"

#include <array>
#include <span>

struct Mine {
    int number = 0;
};

template <>
struct std::array<Mine, 1> {};

// A codec of one's own, with the library's name.
template <>
inline Result<Mine> load<Mine>(Bytes, std::uint64_t) {
    return Mine{};
}

// Makes everything of it at once.
template class std::span<Mine>;

// Says of a class what is not so.
template <>
inline constexpr bool std::ranges::enable_borrowed_range<Mine> = true;
