// `./faultline grade`: one submission, or all of a folder.
// SPDX-License-Identifier: MIT
//
// Before: author/commands.cpp reads the line. Next: grade.hpp, or grade_all.hpp.
#pragma once

#include "failure.hpp"

#include <string>

namespace lab {

struct GradeOptions {
    std::string lab{};
    std::string submission{};
    std::string student{};
    std::string json{};  // a file; - for only JSON on standard output
    std::string junit{}; // files
    std::string gradescope{};
    bool no_sandbox = false;
    bool as_student = false; // the text without the numbers of hidden tests
    // With --all:
    std::string all{};    // a folder of submissions
    std::string out{};    // where results go
    std::string roster{}; // a file
    unsigned at_a_time = 1;
};
faultline::Exit grade_command(const GradeOptions& options);

} // namespace lab
