// What the tiny library OS keeps for others: numbered words, for longer than the machine is on.
// SPDX-License-Identifier: MIT
//
// Asked for by a protected control transfer: a0 = the request, a1 = a note's number, a2 = a word.
// The answer is in a0: an abi::ErrorNumber, negated, where it is negative, and so no such word can
// be kept. busy: what the disk has of them is not there yet; invalid: no such request, number,
// word.
#pragma once

#include <cstddef>
#include <cstdint>

namespace notes {

enum class Request : std::uint64_t {
    recall,   // a1: the word
    remember, // a1, a2: 0
    pending,  // 1: the disk has not all of them yet; 0: it has, or we have no block there
};

inline constexpr std::size_t COUNT = 256;

} // namespace notes
