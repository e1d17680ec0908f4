// Holds a built tree against cases: points for each task, and what went wrong in words.
// SPDX-License-Identifier: MIT
//
// Before: the tree is built (a student's own by `lab check`, one that is judged by `grade`). The
// machine tells: a rig that calls the student's code (judge_rig.cpp), a whole kernel under the
// probe (judge_kernel.cpp), a measurement (judge_number.cpp). Next: result.hpp, which says it.
#pragma once

#include "built_tree.hpp"
#include "case.hpp"
#include "description.hpp"
#include "marking.hpp"
#include "result.hpp"
#include "runner.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab {

// Of one case: what went wrong, or nothing.
struct CaseResult {
    const Case* of = nullptr;
    std::optional<Finding> finding{};
    bool hung = false; // the machine had to be stopped: nothing executed any more
    std::vector<std::uint64_t> answers{}; // of the rig
};

// What is said of it, but for what was observed.
Finding finding_of(const Case& made, const std::string& observed);

// The rig of LAB in TREE answers each case that is for it. What breaks the rig costs the case at
// which it broke; it starts again with the rest.
std::vector<CaseResult> judge_rig(const Description& lab, const BuiltTree& tree,
                                  const std::vector<const Case*>& cases, Runner& runner);
// The rig's image, below the guest's build; and what it is handed for these cases.
std::string rig_of(const Description& lab);
std::string queries_of(const std::vector<const Case*>& cases);
CaseResult judge_kernel(const BuiltTree& tree, const Case& made, Runner& runner);
// What the probe counted in the first fault of a program, by its source; nothing: it took none.
using Measured = std::map<std::string, std::optional<faultline::Totals>>;
// ANSWERS is the text of the student's answers.txt. What KNOWN lacks is measured.
CaseResult judge_number(const BuiltTree& tree, const Case& made, const std::string& answers,
                        Measured& known, Runner& runner);

// The questions of a lab that is nothing else, such as lab 0; nothing for others.
std::optional<Lab> questions_of(const Description& lab);
std::vector<TaskResult> judge_answers(const Description& lab, const Lab& questions,
                                      const std::string& answers, const Measurement& measurement);
// The same against the kernels of this build, measured now.
LabResult judge_questions(const Description& lab, const Lab& questions, const std::string& answers);

// Every task of LAB for which there are cases; each part of a task has an equal share of its
// points, rounded down for what is lost in all. PROGRESS is called with words for what is under
// way.
LabResult judge(const Description& lab, const BuiltTree& tree, const std::vector<Case>& cases,
                Runner& runner, const std::function<void(const std::string&)>& progress = {});

} // namespace lab
