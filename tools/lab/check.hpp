// `./faultline lab check`: what `grade` does with a kit's own files, but for the hidden cases.
// SPDX-License-Identifier: MIT
#pragma once

#include "case.hpp"
#include "description.hpp"
#include "result.hpp"

#include "failure.hpp"

#include <string>
#include <vector>

namespace lab {

struct CheckOptions {
    std::string task{}; // empty: all
    std::string lab{};  // in the tree, which is no kit
};
faultline::Exit check(const CheckOptions& options);

struct DebugCaseOptions {
    std::string name{}; // of a case of the rig
    std::string lab{};
    std::vector<std::string> gdb_commands{}; // run in order, then GDB ends
};
// The rig with that one case, halted before it, under GDB.
faultline::Exit debug_case(const DebugCaseOptions& options);

// In a kit its own lab; in the tree the one that is named.
Description lab_here(const std::string& named);
// The visible cases of this kit. NAMED is for the tree, where they are made (author).
std::vector<Case> visible_cases(const Description& lab);

// What the tree has and a kit does not: author/commands.cpp or no_author.cpp.
std::vector<Case> made_cases(const Description& lab);

} // namespace lab
