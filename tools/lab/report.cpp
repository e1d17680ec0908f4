// Writes the marks down.
// SPDX-License-Identifier: MIT
//
// Nothing in it depends on time or place, so the same answers and measurement give the same bytes.
#include "report.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace lab {

using Json = nlohmann::ordered_json;

static constexpr int JSON_VERSION = 1;

Score score_of(const std::vector<Mark>& marks) {
    Score score;
    for (const auto& mark : marks) {
        score.points += mark.points;
        score.of += mark.question->points;
        score.not_measured += mark.verdict == Verdict::not_measured ? 1 : 0;
    }
    return score;
}

static Score score_of_task(const std::vector<Mark>& marks, unsigned task) {
    std::vector<Mark> of_task;
    std::ranges::copy_if(marks, std::back_inserter(of_task),
                         [&](const Mark& mark) { return mark.question->task == task; });
    return score_of(of_task);
}

static const char* word(Verdict verdict) {
    static constexpr std::array WORDS = {"PASS", "FAIL", "IGNORE"};
    return WORDS[static_cast<std::size_t>(verdict)];
}

static std::string points_of(const Score& score) {
    return std::to_string(score.points) + " of " + std::to_string(score.of);
}

// A colon would end the field.
static std::string field(std::string text) {
    std::ranges::replace(text, ':', ',');
    return text;
}

static std::string line_of(const std::string& file, const Mark& mark) {
    std::string line = file;
    line += ":" + std::to_string(mark.line) + ":" + mark.question->name + ":" + word(mark.verdict);
    if (mark.points > 0 && mark.verdict == Verdict::fail)
        line += ": " + points_of({.points = mark.points, .of = mark.question->points}) + " points";
    if (mark.verdict != Verdict::pass)
        line += ": " + mark.why;
    return line + "\n";
}

static std::string summary(const std::vector<Mark>& marks) {
    const auto count = [&](Verdict verdict) {
        return std::to_string(std::ranges::count(marks, verdict, &Mark::verdict));
    };
    const bool failed =
        std::ranges::any_of(marks, [](const Mark& mark) { return mark.verdict == Verdict::fail; });
    return "-----------------------\n" + std::to_string(marks.size()) + " Tests " +
           count(Verdict::fail) + " Failures " + count(Verdict::not_measured) + " Ignored\n" +
           (failed ? "FAIL\n" : "OK\n");
}

static std::string notes_text(const std::string& file, const Answers& answers) {
    std::string text;
    for (const auto& [line, words] : answers.notes)
        text.append(file)
            .append(":" + std::to_string(line) + ": note: ")
            .append(words)
            .append(" (line left out)\n");
    return text;
}

static std::string points_by_task(const Lab& lab, const std::vector<Mark>& marks) {
    std::string text;
    for (unsigned task = 1; task <= lab.tasks.size(); ++task)
        text += "task " + std::to_string(task) + ", " + lab.tasks[task - 1] + ": " +
                points_of(score_of_task(marks, task)) + "\n";
    const Score score = score_of(marks);
    if (score.not_measured > 0)
        text += std::to_string(score.not_measured) +
                " questions wait for a measurement of all four kernels: they have no points yet\n";
    return text + "points " + points_of(score) + "\n";
}

std::string report_text(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks) {
    const std::string file = field(answers.file);
    std::string text = notes_text(file, answers);
    for (const auto& mark : marks)
        text += line_of(file, mark);
    return text + summary(marks) + points_by_task(lab, marks);
}

std::string points_text(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks) {
    std::string text = notes_text(field(answers.file), answers);
    const auto open = std::ranges::count_if(marks, [&](const Mark& mark) {
        const auto found = answers.by_name.find(mark.question->name);
        return found == answers.by_name.end() || found->second.value.empty();
    });
    if (open > 0)
        text += std::to_string(open) + " of " + std::to_string(marks.size()) +
                " questions are not answered yet\n";
    return text + points_by_task(lab, marks);
}

std::string report_json(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks) {
    const Score score = score_of(marks);
    Json json = {{"version", JSON_VERSION}, {"lab", lab.name},        {"points", score.points},
                 {"of", score.of},          {"tasks", Json::array()}, {"questions", Json::array()},
                 {"notes", Json::array()}};
    for (unsigned task = 1; task <= lab.tasks.size(); ++task) {
        const Score part = score_of_task(marks, task);
        json["tasks"].push_back({{"task", task},
                                 {"title", lab.tasks[task - 1]},
                                 {"points", part.points},
                                 {"of", part.of}});
    }
    for (const auto& mark : marks)
        json["questions"].push_back({{"name", mark.question->name},
                                     {"line", mark.line},
                                     {"verdict", word(mark.verdict)},
                                     {"points", mark.points},
                                     {"of", mark.question->points},
                                     {"why", mark.why}});
    for (const auto& [line, words] : answers.notes)
        json["notes"].push_back({{"line", line}, {"words", words}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lab
