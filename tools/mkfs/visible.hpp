// A name from an image, for people: whatever bytes it has, it stays one word of one line.
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace mkfs {

// Control characters as \x0a, and a backslash twice. What is not ASCII stays: names are
// UTF-8. The C1 control characters (U+0080 to U+009F) have a second byte of 0x80 to 0x9f behind
// 0xc2.
inline std::string visible(std::string_view name) {
    constexpr std::string_view DIGITS = "0123456789abcdef";
    std::string shown;
    const auto put_number = [&](unsigned char byte) {
        shown += "\\x";
        shown += DIGITS[byte >> 4];
        shown += DIGITS[byte & 15];
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        const auto next = static_cast<unsigned char>(i + 1 < name.size() ? name[i + 1] : 0);
        if (byte < ' ' || byte == 0x7f) {
            put_number(byte);
        } else if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {
            put_number(byte);
            put_number(next);
            ++i;
        } else {
            shown += name[i];
            if (byte == '\\')
                shown += '\\';
        }
    }
    return shown;
}

} // namespace mkfs
