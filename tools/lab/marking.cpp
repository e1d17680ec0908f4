// Gives each question its points.
// SPDX-License-Identifier: MIT
//
// What was not measured is neither right nor wrong; what was answered twice is not answered.
#include "marking.hpp"

#include "text.hpp"

namespace lab {

std::vector<std::string> Lab::question_names() const {
    std::vector<std::string> names;
    for (const auto& question : questions)
        names.push_back(question.name);
    return names;
}

static Mark lost(const Question& question, std::size_t line, const std::string& why) {
    return {&question, line, Verdict::fail, 0, why};
}

static Mark mark_one(const Lab& lab, const Question& question, const Answers& answers,
                     const Measurement& measurement) {
    const auto found = answers.by_name.find(question.name);
    if (found == answers.by_name.end())
        return lost(question, 0,
                    "there is no line `" + question.name + " = ...`: " + question.asks);
    const Answer& answer = found->second;
    if (!answer.again.empty()) {
        std::vector<std::string> lines = {std::to_string(answer.line)};
        for (const auto line : answer.again)
            lines.push_back(std::to_string(line));
        return lost(question, answer.line,
                    "answered more than once (lines " + faultline::join(lines) + "): keep one");
    }
    if (answer.value.empty())
        return lost(question, answer.line,
                    "not answered yet: " + question.asks + " (" + lab.handout + ", task " +
                        std::to_string(question.task) + ")");
    try {
        const auto [points, why] = question.judge(measurement, answer.value);
        if (points == question.points)
            return {&question, answer.line, Verdict::pass, points, ""};
        return {&question, answer.line, Verdict::fail, points, why};
    } catch (const NotMeasured& reason) {
        return {&question, answer.line, Verdict::not_measured, 0, reason.what()};
    }
}

std::vector<Mark> mark(const Lab& lab, const Answers& answers, const Measurement& measurement) {
    std::vector<Mark> marks;
    for (const auto& question : lab.questions)
        marks.push_back(mark_one(lab, question, answers, measurement));
    return marks;
}

} // namespace lab
