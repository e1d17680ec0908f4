// Printing without varargs: print(sink, "page ", hex(address), ": ", count, "\n").
// SPDX-License-Identifier: MIT
//
// A sink is anything with `put(std::string_view)`: a kernel's console, a server's, a program's
// standard output.
#pragma once

#include "lib/address.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>

template <class S>
concept Sink = requires(S& sink, std::string_view text) {
    sink.put(text);
};

struct Hex {
    std::uint64_t value;
};
constexpr Hex hex(std::uint64_t value) { return {value}; }
constexpr Hex hex(VirtAddr address) { return {address.raw()}; }
constexpr Hex hex(PhysAddr address) { return {address.raw()}; }

namespace print_detail {

template <Sink S>
void put_number(S& sink, std::uint64_t value, unsigned base) {
    std::array<char, 20> digits{}; // 2^64 has twenty decimal digits
    std::size_t first = digits.size();
    do {
        digits[--first] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    sink.put(std::string_view(digits.data() + first, digits.size() - first));
}

template <Sink S>
void put_part(S& sink, std::string_view text) {
    sink.put(text);
}
template <Sink S>
void put_part(S& sink, Hex number) {
    sink.put("0x");
    put_number(sink, number.value, 16);
}
template <Sink S, std::unsigned_integral N>
void put_part(S& sink, N number) {
    put_number(sink, number, 10);
}
template <Sink S, std::signed_integral N>
void put_part(S& sink, N number) {
    if (number < 0)
        sink.put("-");
    // Negation in the unsigned type is defined for the smallest number too.
    const auto magnitude = static_cast<std::uint64_t>(number);
    put_number(sink, number < 0 ? -magnitude : magnitude, 10);
}

} // namespace print_detail

template <Sink S, class... Parts>
void print(S& sink, const Parts&... parts) {
    (print_detail::put_part(sink, parts), ...);
}
