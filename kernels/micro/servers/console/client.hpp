// The console, as those see it who hold a capability for it.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/objects.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace console {

namespace label {
inline constexpr std::uint64_t PUT = 1;       // a window to read: text, put on the screen as it is
inline constexpr std::uint64_t TAKE_KEYS = 2; // answer: how many; then the keys, eight a word
} // namespace label

// Keys that one answer brings.
inline constexpr std::size_t MOST_KEYS = 32;

// Where key NUMBER of an answer stands among its words: the first one is in the lowest bits of word
// 1.
using Words = std::array<std::uint64_t, 5>;
constexpr std::byte key_in(const Words& words, std::size_t number) {
    return static_cast<std::byte>(words[1 + number / 8] >> (number % 8 * 8) & 0xff);
}
constexpr void put_key(Words& words, std::size_t number, std::byte key) {
    words[1 + number / 8] |= std::to_integer<std::uint64_t>(key) << (number % 8 * 8);
}
static_assert([] {
    Words words{};
    put_key(words, MOST_KEYS - 1, std::byte{0xfe});
    return key_in(words, MOST_KEYS - 1) == std::byte{0xfe} && words[4] == 0xfeULL << 56;
}());

// The notice that whoever the console notifies gets when there are keys.
inline constexpr std::uint64_t KEYS = 1;

// TEXT onto the screen, every byte as it is. no_process: the console has gone.
Result<void> put(micro::CapSlot console, std::string_view text);

// The next keys, in KEYS from its start on; how many. no_process: the console has gone.
Result<std::size_t> take_keys(micro::CapSlot console, std::span<std::byte, MOST_KEYS> keys);

} // namespace console
