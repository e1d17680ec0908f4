// What lab 1's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
//
// abi/lab_sv39.hpp says what the words of a query mean. Next: vocabulary.cpp.
#pragma once

#include "vocabulary.hpp"

namespace lab::sv39 {

// A page-table entry: "V R W U A D, frame 0x80234 (0x2008d0d7)".
std::string entry_words(std::uint64_t word);

// vocabulary.hpp says what these are.
Said said(std::span<const std::uint64_t> query, std::span<const std::uint64_t> answers,
          std::size_t index);
std::string step_under_way(std::span<const std::uint64_t> query, std::size_t answers);
std::string watched_step(std::span<const std::uint64_t> query, std::size_t number);
std::size_t watched_steps(std::span<const std::uint64_t> query, std::size_t answers);

} // namespace lab::sv39
