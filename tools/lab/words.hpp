// What a student may call a thing, and the one name that the machine has for it.
// SPDX-License-Identifier: MIT
//
// The handouts list the same synonyms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

std::string lower(std::string_view text);
std::string trimmed(std::string_view text);
// Fit for a terminal and for one line: plain ASCII, cut after `longest` bytes.
std::string printable(std::string_view text, std::size_t longest = 60);
// 1234567 as "1,234,567"
std::string grouped(std::uint64_t number);

// The machine's name for a domain, a mode, a kernel or a stage; nothing if it is none.
std::optional<std::string> domain_of(std::string_view text);
std::optional<std::string> mode_of(std::string_view text);
std::optional<std::string> kernel_of(std::string_view text);
std::optional<std::string> stage_of(std::string_view text);
std::optional<bool> yes_or_no(std::string_view text);
// "1097", "1,097", "two"
std::optional<std::uint64_t> count_of(std::string_view text);
// "61", "61.4", "61 %"
std::optional<double> percent_of(std::string_view text);
// Kernels in an order: blanks, commas, < or "then" between them. Nothing if one is no kernel.
std::optional<std::vector<std::string>> kernels_in_order(std::string_view text);

} // namespace lab
