// A student's files in a copy of the lab's pristine tree: compiled, looked at, linked.
// SPDX-License-Identifier: MIT
//
// Only objects that read a file of the student's are compiled, by the lines of the pristine build,
// in a sandbox, each in a folder of its own. Each object and what its compiler read is looked at
// (object_check.hpp) before it is linked, in a sandbox too, with the pristine objects for all else.
// A source that does not compile costs what depends on it: the starter's takes its place.
// Before: submission.hpp, author/pristine.hpp. Next: judge.hpp.
#pragma once

#include "build_plan.hpp"
#include "built_tree.hpp"
#include "description.hpp"
#include "result.hpp"
#include "sandbox.hpp"
#include "submission.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lab {

struct StudentBuild {
    BuiltTree tree{};
    bool is_whole = false;           // images can be judged
    std::string messages{};          // of compiler and linker, cut
    std::vector<Finding> refused{};  // what no submission may do: nothing of it counts
    std::vector<Finding> replaced{}; // sources that do not compile
    std::vector<ImageHash> images{};
};

struct StudentBuildOptions {
    const Sandbox& sandbox;
    std::filesystem::path folder;    // empty, ours; jobs' folders and the tree are made below
    std::vector<std::string> images; // "monolithic.elf"
    std::size_t at_a_time = 1;
    std::function<void(const std::string&)> progress{};
};

StudentBuild build_student(const BuildPlan& pristine, const Submission& submission,
                           const StudentBuildOptions& options);

} // namespace lab
