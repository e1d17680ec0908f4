// From the digits of a number to the number.
// SPDX-License-Identifier: MIT
//
// What std::from_chars does, which newer compilers keep for programs above an operating system.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// A digit's value in bases up to 16; 16 if it is none.
constexpr std::uint64_t digit_value(char digit) {
    const auto distance = [digit](char first) { return static_cast<std::uint64_t>(digit - first); };
    if (digit >= '0' && digit <= '9')
        return distance('0');
    if (digit >= 'a' && digit <= 'f')
        return distance('a') + 10;
    return digit >= 'A' && digit <= 'F' ? distance('A') + 10 : 16;
}

// The number that DIGITS say in BASE (2 to 16); nothing if one is no digit of that base, if there
// is none, or if 64 bits are too few.
constexpr std::optional<std::uint64_t> from_digits(std::string_view digits,
                                                   std::uint64_t base = 10) {
    if (digits.empty())
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char character : digits) {
        const std::uint64_t digit = digit_value(character);
        if (digit >= base || value > (UINT64_MAX - digit) / base)
            return std::nullopt;
        value = value * base + digit;
    }
    return value;
}
static_assert(from_digits("0") == 0 && from_digits("18446744073709551615") == UINT64_MAX);
static_assert(from_digits("2F", 16) == 0x2f && from_digits("0aB", 16) == 0xab);
static_assert(!from_digits("18446744073709551616") && !from_digits("99999999999999999999"));
static_assert(!from_digits("") && !from_digits("1f") && !from_digits("-1") && !from_digits("+1"));
static_assert(!from_digits("1 ") && !from_digits("fg", 16) && !from_digits("2", 2));
