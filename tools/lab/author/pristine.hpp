// A lab's pristine tree: its starter, built, kept for every submission of the lab.
// SPDX-License-Identifier: MIT
//
// In build/labs/NN-name of the tree, made again when what the starter consists of changes, or the
// compiler. It holds no solution and no hidden test. Before: cut.hpp. Next: student_build.hpp.
#pragma once

#include "build_plan.hpp"
#include "description.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace lab {

struct Pristine {
    BuildPlan plan;
    std::vector<std::string> images; // that the lab's tasks run
    std::string compiler;            // "riscv64-linux-gnu-g++ (Debian 12.2.0-13) 12.2.0"
};

// Takes some minutes the first time, and says so on standard error. Graders that come meanwhile
// wait.
Pristine pristine_tree(const Description& lab, const std::filesystem::path& top);

} // namespace lab
