// The table of a comparison: a row a stage, a column a kernel, the totals below.
// SPDX-License-Identifier: MIT
//
// Between compare_text.cpp, which says what is the same, and table.cpp, which lays columns out.
#pragma once

#include "observation.hpp"

#include <cstdint>
#include <string>

namespace faultline {

// No line is wider than `width` unless one kernel's column alone is; what does not fit beside the
// others follows below.
std::string comparison_table(const Comparison& comparison, std::size_t width);

// "1234567" as "1,234,567"
std::string grouped(std::uint64_t number);

} // namespace faultline
