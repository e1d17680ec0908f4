// From text to a number.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/numerals.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace os {

// TEXT as a decimal number, or as a hexadecimal one behind 0x; nothing, if it is anything else or
// does not fit.
constexpr std::optional<std::uint64_t> to_number(std::string_view text) {
    const bool hexadecimal = text.starts_with("0x");
    return hexadecimal ? from_digits(text.substr(2), 16) : from_digits(text);
}
static_assert(to_number("0x1f") == 31 && to_number("18446744073709551615") == UINT64_MAX);
static_assert(!to_number("18446744073709551616") && !to_number("") && !to_number("1f"));

} // namespace os
