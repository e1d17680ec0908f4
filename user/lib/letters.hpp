// Letters of UTF-8, which take one column each on the screen and up to four bytes in a text.
// SPDX-License-Identifier: MIT
//
// The second and later bytes of a letter are 10xxxxxx (RFC 3629, section 3). Letters that are two
// columns wide, or none, are taken for one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace os {

constexpr bool continues_letter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

// How many columns TEXT takes.
constexpr std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return !continues_letter(byte); }));
}

static_assert(columns("") == 0 && columns("abc") == 3 && columns("\xc3\xa4\xe2\x82\xac") == 2);

} // namespace os
