// The files of lab 0, for its tests.
// SPDX-License-Identifier: MIT
//
// measurement.json is what `compare` wrote one day; the kernels may have got faster since. The
// tests of single answers use it, so that they do not change with the kernels; machine_test.cpp
// asks the machine itself. When the solution no longer fits the machine, record anew and correct
// both.
#pragma once

#include "marking.hpp"
#include "report.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lab00 {

inline const std::filesystem::path TOP = LAB_TOP;
inline const std::filesystem::path TESTS = TOP / "tests" / "labs" / "00-watch-the-fault";
inline const std::filesystem::path ANSWERS = "labs/00-watch-the-fault/answers.txt";
inline const std::filesystem::path SOLUTION = TESTS / "solution" / ANSWERS;
inline const std::filesystem::path STARTER = TOP / ANSWERS;

using Edits = std::map<std::string, std::string>; // question -> value

std::string solution();                        // the text of the solution
std::string solution_with(const Edits& edits); // with other values
const lab::Lab& the_lab();                     // lives as long as the program
lab::Measurement recorded();

struct Marked {
    std::vector<lab::Mark> marks;
    lab::Score score;
    std::string text;
    std::string points; // the same, quiet

    const lab::Mark& of(const std::string& question) const;
};
Marked marked(const std::string& answers, const lab::Measurement& measurement);
Marked marked(const std::string& answers); // against recorded()

} // namespace lab00
