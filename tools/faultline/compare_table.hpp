// The table of a comparison: a row a stage, a column a kernel, the totals below.
// SPDX-License-Identifier: MIT
//
// Between compare_text.cpp, which says what is the same, and table.cpp, which lays columns out.
#pragma once

#include "observation.hpp"

#include <string>

namespace faultline {

// No line is wider than `width` unless one kernel's column alone is. All kernels stand side by side
// as long as there is room for their bare figures; what does not fit follows below.
std::string comparison_table(const Comparison& comparison, std::size_t width);

} // namespace faultline
