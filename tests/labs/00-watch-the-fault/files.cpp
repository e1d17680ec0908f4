// Reads, edits and marks the files of lab 0.
// SPDX-License-Identifier: MIT
//
// Used by all tests of the lab.
#include "files.hpp"

#include "text.hpp"
#include "watch_the_fault.hpp"
#include "words.hpp"

#include <algorithm>

namespace lab00 {

std::string solution() { return faultline::read_file(SOLUTION); }

std::string solution_with(const Edits& edits) {
    std::string text;
    for (const auto& line : faultline::lines_of(solution())) {
        const auto equals = line.find('=');
        const auto edit = line.starts_with("#") || equals == line.npos
                              ? edits.end()
                              : edits.find(lab::trimmed(line.substr(0, equals)));
        text += (edit == edits.end() ? line : edit->first + " = " + edit->second) + "\n";
    }
    return text;
}

const lab::Lab& the_lab() {
    static const lab::Lab lab = lab::watch_the_fault();
    return lab;
}

lab::Measurement recorded() {
    return lab::read_measurement(TESTS / "measurement.json", the_lab().scenario);
}

const lab::Mark& Marked::of(const std::string& question) const {
    return *std::ranges::find_if(
        marks, [&](const lab::Mark& mark) { return mark.question->name == question; });
}

Marked marked(const std::string& answers, const lab::Measurement& measurement) {
    const auto parsed = lab::parse_answers("answers.txt", answers, the_lab().question_names());
    Marked result{
        .marks = lab::mark(the_lab(), parsed, measurement), .score = {}, .text = {}, .points = {}};
    result.score = lab::score_of(result.marks);
    result.text = lab::report_text(the_lab(), parsed, result.marks);
    result.points = lab::points_text(the_lab(), parsed, result.marks);
    return result;
}

Marked marked(const std::string& answers) { return marked(answers, recorded()); }

} // namespace lab00
