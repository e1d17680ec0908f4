// What a pager and its client talk about (talks.cpp, client.cpp).
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// Labels; what the message has besides them is in brackets.
inline constexpr std::uint64_t TALK_OF_TOKENS = 101;
inline constexpr std::uint64_t TALK_OF_A_WINDOW = 102;       // (of TALK_BYTES, for both)
inline constexpr std::uint64_t TALK_OF_A_READABLE_ONE = 103; // (of a byte at least)
inline constexpr std::uint64_t TALK_OF_A_WRITABLE_ONE = 104; // (the same)
inline constexpr std::uint64_t TALK_OF_AN_EMPTY_ONE = 105;   // (of memory that the client has not)
inline constexpr std::uint64_t TALK_OF_NONE = 106;
inline constexpr std::uint64_t TALK_OF_TIME = 107;
inline constexpr std::uint64_t TALK_OF_A_PARTNER = 108; // (then another one)
inline constexpr std::uint64_t TALK_OF_WORDS = 109;     // (ten of them)

// More than two pages.
inline constexpr std::uint64_t TALK_BYTES = 8200;
constexpr std::uint8_t talk_byte(std::uint64_t at) { return static_cast<std::uint8_t>(at * 7); }
