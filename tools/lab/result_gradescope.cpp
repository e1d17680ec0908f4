// A result as Gradescope's results.json.
// SPDX-License-Identifier: MIT
//
// Keys as of https://gradescope-autograders.readthedocs.io/en/latest/specs/. A student reads it, so
// of hidden tests it says no numbers.
#include "result_formats.hpp"

#include "text.hpp"
#include "visible.hpp"

#include <nlohmann/json.hpp>

namespace lab {

using Json = nlohmann::json;

static std::string words_of(const std::vector<Finding>& findings) {
    std::string text;
    for (const auto& found : findings) {
        text += faultline::visible(found.test) + (found.hidden ? " (hidden)\n" : "\n");
        if (!found.hidden)
            text += "  expected: " + faultline::visible(found.expected) +
                    "\n  observed: " + faultline::visible(found.observed) + "\n";
        if (!found.hint.empty())
            text += "  hint: " + faultline::visible(found.hint) + "\n";
        if (!found.hidden && !found.debug.empty())
            text += "  see it: " + faultline::visible(found.debug) + "\n";
    }
    return text;
}

static std::string head_of(const LabResult& result) {
    std::string text;
    if (!result.refused.empty())
        text += "Nothing of this submission was run, and it has no points, for:\n" +
                words_of(result.refused);
    if (!result.notes.empty())
        text += "Taken otherwise than it was handed in:\n" + words_of(result.notes);
    if (!result.build.empty())
        text += "The build says:\n" + faultline::visible(result.build);
    return text;
}

std::string result_gradescope(const LabResult& result) {
    Json tests = Json::array();
    for (const auto& task : result.tasks)
        tests.push_back({{"number", task.task},
                         {"name", task.title},
                         {"score", task.points},
                         {"max_score", task.of},
                         {"status", task.points == task.of ? "passed" : "failed"},
                         {"output", words_of(task.findings)},
                         {"output_format", "text"},
                         {"visibility", "visible"}});
    const Json all = {{"score", result.points()},      {"output", head_of(result)},
                      {"output_format", "text"},       {"visibility", "visible"},
                      {"stdout_visibility", "hidden"}, {"tests", tests}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lab
