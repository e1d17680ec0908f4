// What stands behind `./faultline lab`.
// SPDX-License-Identifier: MIT
//
// Called by tools/faultline/main.cpp, which runs what was chosen once the whole line is read.
#pragma once

#include "failure.hpp"

#include <CLI/CLI.hpp>
#include <functional>

namespace lab {

using Chosen = std::function<faultline::Exit()>;

// `lab` with all that this tree can do: list here, the rest where it is made.
void add_lab(CLI::App& app, Chosen& chosen);
// `grade`; where the next is made.
void add_grade(CLI::App& app, Chosen& chosen);
// What only the tree can do from which kits are cut; author/commands.cpp or no_author.cpp.
void add_author_commands(CLI::App& lab, Chosen& chosen);

} // namespace lab
