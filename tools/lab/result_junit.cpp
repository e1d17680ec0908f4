// A result as JUnit XML: a suite for the lab, a case for each task.
// SPDX-License-Identifier: MIT
//
// What is refused, or does not build, fails every task, in its own words.
#include "markup.hpp"
#include "result_formats.hpp"

namespace lab {

static std::string words_of(const std::vector<Finding>& findings) {
    std::string text;
    for (const auto& found : findings)
        text += found.test + "\n  expected: " + found.expected + "\n  observed: " + found.observed +
                (found.hint.empty() ? "" : "\n  hint: " + found.hint) + "\n";
    return text;
}

std::string result_junit(const LabResult& result) {
    const std::string whole = words_of(result.refused) + result.build;
    std::string cases;
    unsigned failures = 0;
    for (const auto& task : result.tasks) {
        const std::string points = std::to_string(task.points) + " of " + std::to_string(task.of);
        cases += "  <testcase classname=\"lab " + markup_text(result.lab) + "\" name=\"task " +
                 markup_text(task.task + ", " + task.title) + "\">\n";
        if (task.points < task.of) {
            ++failures;
            const std::string words = words_of(task.findings);
            cases += "    <failure message=\"" + points + " points\">" +
                     markup_text(words.empty() ? whole : words) + "</failure>\n";
        }
        cases += "    <system-out>" + points + " points</system-out>\n  </testcase>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"lab " +
           markup_text(result.lab + (result.student.empty() ? "" : ", " + result.student)) +
           "\" tests=\"" + std::to_string(result.tasks.size()) + "\" failures=\"" +
           std::to_string(failures) + "\">\n" + cases + "</testsuite>\n";
}

} // namespace lab
