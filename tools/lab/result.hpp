// What a submission earned: points by task, and for what was lost what was expected and what came.
// SPDX-License-Identifier: MIT
//
// Before: judge.hpp fills the tasks. Next: result_text.cpp, result_json.cpp, result_formats.cpp.
// docs/grading.md describes the JSON.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lab {

struct Finding {
    std::string test;
    std::string expected;
    std::string observed;
    std::string hint{};
    std::string debug{}; // the debugger command that shows it
    bool hidden = false; // a hidden test's: a student sees its name, not its numbers
};

struct TaskResult {
    std::string task; // its id in lab.json
    std::string title{};
    unsigned points = 0;
    unsigned of = 0;
    std::vector<Finding> findings{};
};

// A question whose argument a person reads: points are the person's to give.
struct HandTask {
    std::string question;
    std::string rubric;
    unsigned of = 0;
};

// What an image was, whatever its debugging information says of paths.
struct ImageHash {
    std::string image;
    std::string sha256; // of what is loaded
};

struct LabResult {
    std::string lab;
    std::string student{};
    std::uint64_t seed = 0;
    std::vector<TaskResult> tasks{};
    std::vector<HandTask> by_hand{};
    std::vector<Finding> refused{}; // what no submission may do: nothing of it was run
    std::vector<Finding> notes{};   // files for which the starter's were taken, and why
    std::string build{};            // the compiler's messages, when it did not build
    std::vector<ImageHash> images{};
    std::map<std::string, std::string> versions{}; // "tree", "compiler", "qemu", ...
    std::string sandbox{};                         // its kind
    std::vector<std::string> enforced{};           // what it was seen to enforce

    unsigned points() const;
    unsigned of() const;
};

} // namespace lab
