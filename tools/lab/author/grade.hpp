// Grades one submission of a lab.
// SPDX-License-Identifier: MIT
//
// Submission, pristine tree, sandbox, build, cases of the student's seed, judge: result.
#pragma once

#include "result.hpp"
#include "sandbox.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace lab {

struct GradeRequest {
    std::string lab{};
    std::filesystem::path submission{};
    std::string student{};
    bool no_sandbox = false;
    unsigned at_a_time = 0; // compilers; 0: one for each processor
    // Set by tests that want one of them.
    std::optional<SandboxKind> kind{};
};

LabResult grade(const GradeRequest& request,
                const std::function<void(const std::string&)>& progress = {});

// Makes what every submission of the lab needs, and tries the sandbox.
void prepare(const GradeRequest& request);

} // namespace lab
