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
    std::string metadata{}; // or a file of Gradescope's that says who it is
    std::string json{};     // a file; - for only JSON on standard output
    std::string junit{};    // files
    std::string gradescope{};
    bool no_sandbox = false;
    bool only_prepare = false; // make the lab's starter, which the first submission would do
    bool as_student = false;   // the text without the numbers of hidden tests
    // With --all:
    std::string all{};      // a folder of submissions
    std::string out{};      // where results go
    std::string roster{};   // a file
    unsigned at_a_time = 0; // submissions, or of one its compilers; 0: as fits this machine
};
faultline::Exit grade_command(const GradeOptions& options);

} // namespace lab
