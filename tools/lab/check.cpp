// `./faultline lab check`: judges the tree in which it runs by the cases that a student may see.
// SPDX-License-Identifier: MIT
//
// Before: the script `faultline` has built. Next: judge.cpp. Nobody is kept out here, since the
// code is the user's own.
#include "check.hpp"

#include "judge.hpp"
#include "kit.hpp"
#include "result_formats.hpp"
#include "sandbox.hpp"

#include "commands.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <unistd.h>

namespace lab {

using faultline::Exit;
using faultline::Failure;
using faultline::Tree;

Description lab_here(const std::string& named) {
    const auto top = Tree::here().top;
    if (const auto kit = read_kit(top))
        return find_lab(top, kit->lab);
    if (named.empty())
        throw Failure(Exit::usage, "this tree is no lab's kit",
                      "Get one: ./faultline lab start NAME --out DIR. Or name a lab, to check the "
                      "tree's own code: ./faultline lab check --lab NAME");
    return find_lab(top, named);
}

std::vector<Case> visible_cases(const Description& lab) {
    if (!read_kit(Tree::here().top))
        return made_cases(lab);
    const auto file = lab.folder / "cases.json";
    return std::filesystem::exists(file) ? read_cases(file) : std::vector<Case>();
}

static void keep_task(std::vector<Case>& cases, const Description& lab, const std::string& task) {
    if (task.empty())
        return;
    if (lab.task(task) == nullptr) {
        std::vector<std::string> ids;
        for (const Task& known : lab.tasks)
            ids.push_back(known.id);
        throw Failure(Exit::usage, "lab " + std::to_string(lab.number) + " has no task " + task,
                      "There are " + faultline::join(ids) + ".");
    }
    std::erase_if(cases, [&](const Case& made) { return made.task != task; });
}

// The reasons tell the answers: whoever wants to look at the measurement again first gets points.
static void leave_out_reasons(LabResult& result, const Description& lab) {
    const std::string number = lab.name.substr(0, 2);
    for (TaskResult& task : result.tasks)
        if (!task.findings.empty())
            task.findings = {{.test = std::to_string(task.findings.size()) + " questions",
                              .expected = "what ./faultline compare shows",
                              .observed = "another answer, or none",
                              .debug = "ctest --preset lab-" + number + " tells which, and why"}};
}

Exit check(const CheckOptions& options) {
    const Description lab = lab_here(options.lab);
    std::vector<Case> cases = visible_cases(lab);
    if (cases.empty() && !questions_of(lab))
        throw Failure(Exit::usage, "lab " + std::to_string(lab.number) + " has no cases to check",
                      "Its handout says how it is marked: labs/" + lab.name + "/handout.md");
    keep_task(cases, lab, options.task);
    const Tree tree = Tree::here();
    const faultline::Scratch scratch;
    const auto sandbox = make_sandbox(SandboxKind::none);
    Runner runner(*sandbox, scratch.path());
    faultline::Progress progress;
    LabResult result = judge(lab, {tree.top, tree.guest("release")}, cases, runner,
                             [&](const std::string& words) { progress.show(words); });
    progress.show("");
    std::erase_if(result.tasks, [&](const TaskResult& task) {
        return !options.task.empty() && task.task != options.task;
    });
    if (questions_of(lab))
        leave_out_reasons(result, lab);
    faultline::print(
        result_text(result, Reader::student, faultline::width_of_stream(STDOUT_FILENO, 80)));
    return result.points() == result.of() ? Exit::done : Exit::failed;
}

} // namespace lab
