// Measured figures that stand in a page without a mark, so that nobody would notice their change.
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace figures {

// "LINE: why", a line each. A figure is a number of `instructions` or `faults`, or a number in a
// table's column of those. Code blocks are left out, and columns of bounds, which are no
// measurements.
std::vector<std::string> unmarked(const std::string& text);

} // namespace figures
