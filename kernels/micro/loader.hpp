// The kernel in its part as loader: what a root server will do one day.
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// Loads the pager, the program NAME and its system library from the initial RAM disk, tells them of
// each other by capabilities, hands the machine's memory to the pager, and makes both runnable.
// What is missing or malformed is said on the console, and the machine ends.
void load_first_threads(std::string_view name);
