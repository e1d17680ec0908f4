// Finds the answers of lab 0 in a page.
// SPDX-License-Identifier: MIT
//
// What to look for follows from the solution, measurement.json and docs/figures.json, so that it
// changes with them.
#pragma once

#include <string>
#include <vector>

namespace lab00 {

// What PAGE gives away of the answers, in words; empty when nothing.
std::vector<std::string> given_away(const std::string& page);

} // namespace lab00
