// Grades a class: every folder of a folder, some at a time.
// SPDX-License-Identifier: MIT
//
// Each submission is graded by a process of its own, so that whatever one does stops nobody. A
// result is written when it is there; a second call goes on where the first was interrupted.
#pragma once

#include "failure.hpp"

#include <filesystem>
#include <string>

namespace lab {

struct ClassRequest {
    std::string lab{};
    std::filesystem::path submissions{}; // a folder for each student, called as the student is
    std::filesystem::path out{};
    std::filesystem::path roster{}; // empty: everybody who handed in
    unsigned at_a_time = 1;
    bool no_sandbox = false;
};

// OUT gets STUDENT.json, STUDENT.txt, STUDENT.log (what the grader said), class.csv and class.html.
faultline::Exit grade_all(const ClassRequest& request);

} // namespace lab
