// Labs that are questions only: each answer against a measurement of the kernels as they are.
// SPDX-License-Identifier: MIT
//
// No code of the student's runs. Before: marking.cpp, which knows the questions.
#include "judge.hpp"

#include "watch_the_fault.hpp"

#include "failure.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

namespace lab {

std::optional<Lab> questions_of(const Description& lab) {
    if (lab.name == "00-watch-the-fault")
        return watch_the_fault();
    return std::nullopt;
}

static Finding finding_of(const Mark& mark, const Answers& answers) {
    const auto found = answers.by_name.find(mark.question->name);
    const bool is_open = found == answers.by_name.end() || found->second.value.empty();
    return {.test = mark.question->name,
            .expected = mark.question->asks,
            .observed =
                is_open ? "no answer" : "answered " + faultline::visible(found->second.value),
            .hint = mark.why};
}

std::vector<TaskResult> judge_answers(const Description& lab, const Lab& questions,
                                      const std::string& text, const Measurement& measurement) {
    std::vector<TaskResult> tasks;
    for (const Task& task : lab.tasks)
        tasks.push_back({.task = task.id, .title = task.title, .points = 0, .of = task.points});
    try {
        const Answers answers = parse_answers("answers.txt", text, questions.question_names());
        for (const Mark& mark : mark(questions, answers, measurement)) {
            TaskResult& task = tasks.at(mark.question->task - 1);
            task.points += mark.points;
            if (mark.verdict != Verdict::pass)
                task.findings.push_back(finding_of(mark, answers));
        }
    } catch (const faultline::Failure& failure) {
        for (TaskResult& task : tasks)
            task.findings = {{.test = "answers.txt",
                              .expected = "a text with a line for each question",
                              .observed = failure.what()}};
    }
    return tasks;
}

LabResult judge_questions(const Description& lab, const Lab& questions,
                          const std::string& answers) {
    const auto tool = faultline::Tree::here().build / "tools" / "faultline" / "faultline";
    const Measurement measured = measure(tool, questions.scenario);
    return {.lab = lab.name, .tasks = judge_answers(lab, questions, answers, measured)};
}

} // namespace lab
