// From cases to points: a task's parts, and which of them were lost.
// SPDX-License-Identifier: MIT
#include "judge.hpp"

#include "judge_replacement.hpp"
#include "text.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace lab {

namespace {

std::string answers_in(const Description& lab, const BuiltTree& tree) {
    for (const auto& file : lab.files)
        if (file.filename() == "answers.txt" && std::filesystem::is_regular_file(tree.top / file))
            return faultline::read_file(tree.top / file);
    return "";
}

// The first finding of each part: the others are mostly the same mistake again.
TaskResult task_result(const Task& task, const std::vector<CaseResult>& results) {
    TaskResult made{.task = task.id, .title = task.title, .points = 0, .of = task.points};
    std::set<std::string> parts, lost;
    for (const CaseResult& result : results) {
        if (result.of->task != task.id)
            continue;
        parts.insert(result.of->part);
        if (result.finding && lost.insert(result.of->part).second)
            made.findings.push_back(*result.finding);
    }
    if (!parts.empty())
        made.points =
            static_cast<unsigned>(task.points * (parts.size() - lost.size()) / parts.size());
    return made;
}

} // namespace

Finding finding_of(const Case& made, const std::string& observed) {
    return {.test = made.name,
            .expected = made.words,
            .observed = observed,
            .hint = made.hint,
            .debug = made.debug,
            .hidden = made.hidden};
}

LabResult judge(const Description& lab, const BuiltTree& tree, const std::vector<Case>& cases,
                Runner& runner, const std::function<void(const std::string&)>& progress) {
    const auto say = [&](const std::string& words) {
        if (progress)
            progress(words);
    };
    const std::string answers = answers_in(lab, tree);
    if (const auto questions = questions_of(lab)) {
        say("measuring " + questions->scenario);
        return judge_questions(lab, *questions, answers);
    }
    std::vector<CaseResult> results;
    std::vector<const Case*> for_rig;
    for (const Case& made : cases)
        if (made.is_rig())
            for_rig.push_back(&made);
    if (!for_rig.empty()) {
        say("asking the rig " + std::to_string(for_rig.size()) + " questions");
        results = judge_rig(lab, tree, for_rig, runner);
        for (CaseResult& result : results)
            judge_played(result);
    }
    Measured known;
    std::string hung_with; // a kernel that hung once would cost half a minute each time
    for (const Case& made : cases)
        if (made.is_kernel() && !hung_with.empty()) {
            results.push_back(
                {&made, finding_of(made, "not tried: the kernel hung with " + hung_with)});
        } else if (made.is_kernel()) {
            say("running " + made.kernel.program + " on " + made.kernel.kernel);
            results.push_back(judge_kernel(tree, made, runner));
            if (results.back().hung)
                hung_with = made.kernel.program;
        } else if (made.is_number()) {
            say("measuring " + made.number.key);
            results.push_back(judge_number(tree, made, answers, known, runner));
        } else if (!made.is_rig() && !made.replacement.empty()) {
            say("judging " + made.name);
            results.push_back(judge_replacement(tree, made, results, answers, runner));
        }
    LabResult whole{.lab = lab.name};
    for (const Task& task : lab.tasks)
        if (std::ranges::any_of(cases, [&](const Case& made) { return made.task == task.id; }))
            whole.tasks.push_back(task_result(task, results));
    return whole;
}

} // namespace lab
