// What lab 1's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
//
// abi/lab_sv39.hpp says what the words of a query mean. Next: judge_rig puts it into findings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lab::sv39 {

// A page-table entry: "V R W U A D, frame 0x80234 (0x2008d0d7)".
std::string entry_words(std::uint64_t word);

// The step of QUERY to which its answer of that INDEX belongs, and what that answer says.
struct Said {
    std::string step;   // "map page 0x10000 (0x10000000) to frame 0x84010 with V R U A D"
    std::string answer; // "done"
};
Said said(std::span<const std::uint64_t> query, std::span<const std::uint64_t> answers,
          std::size_t index);
// The step that was under way when so many answers had been given.
std::string step_under_way(std::span<const std::uint64_t> query, std::size_t answers);
// The watched step of that number (`changes` of the probe), and how many there are among the steps
// that gave the first ANSWERS answers.
std::string watched_step(std::span<const std::uint64_t> query, std::size_t number);
std::size_t watched_steps(std::span<const std::uint64_t> query, std::size_t answers);

} // namespace lab::sv39
