// From text to a number.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace os {

// TEXT as a decimal number, or as a hexadecimal one behind 0x; nothing, if it is anything else or
// does not fit.
constexpr std::optional<std::uint64_t> to_number(std::string_view text) {
    const unsigned base = text.starts_with("0x") ? 16 : 10;
    text.remove_prefix(base == 16 ? 2 : 0);
    if (text.empty())
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char byte : text) {
        const std::size_t digit = std::string_view("0123456789abcdef").substr(0, base).find(byte);
        if (digit == std::string_view::npos || value > (UINT64_MAX - digit) / base)
            return std::nullopt;
        value = value * base + digit;
    }
    return value;
}
static_assert(to_number("0x1f") == 31 && to_number("18446744073709551615") == UINT64_MAX);
static_assert(!to_number("18446744073709551616") && !to_number("") && !to_number("1f"));

} // namespace os
