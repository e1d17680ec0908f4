// The words of a command line as a shell would read it, for commands that a build wrote down.
// SPDX-License-Identifier: MIT
//
// Used by build_plan.cpp: what it runs, it runs without a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lab {

// Quotes and backslashes are understood; `&&` is a word. What only a shell could do (variables,
// redirection) is not: such a command throws a Failure.
std::vector<std::string> shell_words(std::string_view line);

// The commands between `&&`, without `:`, which does nothing.
std::vector<std::vector<std::string>> commands_of(std::string_view line);

} // namespace lab
