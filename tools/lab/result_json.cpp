// A result as JSON, and back.
// SPDX-License-Identifier: MIT
//
// Keys are in alphabetical order, and nothing but `when` differs between two runs over the same.
#include "result_formats.hpp"

#include "failure.hpp"
#include "visible.hpp"

#include <ctime>
#include <nlohmann/json.hpp>

namespace lab {

using Json = nlohmann::json;

static constexpr int VERSION = 1;

static Json to_json(const Finding& finding) {
    return {{"test", faultline::visible(finding.test)},
            {"expected", faultline::visible(finding.expected)},
            {"observed", faultline::visible(finding.observed)},
            {"hint", faultline::visible(finding.hint)},
            {"debug", faultline::visible(finding.debug)},
            {"hidden", finding.hidden}};
}

static Json to_json(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const auto& finding : findings)
        list.push_back(to_json(finding));
    return list;
}

static std::string now() {
    const std::time_t time = std::time(nullptr);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&time));
    return text;
}

std::string result_json(const LabResult& result) {
    Json tasks = Json::array();
    for (const auto& task : result.tasks)
        tasks.push_back({{"task", task.task},
                         {"title", task.title},
                         {"points", task.points},
                         {"of", task.of},
                         {"findings", to_json(task.findings)}});
    Json by_hand = Json::array();
    for (const auto& hand : result.by_hand)
        by_hand.push_back({{"question", hand.question}, {"rubric", hand.rubric}, {"of", hand.of}});
    Json images = Json::array();
    for (const auto& image : result.images)
        images.push_back({{"image", image.image}, {"sha256", image.sha256}});
    const Json all = {{"version", VERSION},
                      {"lab", result.lab},
                      {"student", result.student},
                      {"seed", result.seed},
                      {"points", result.points()},
                      {"of", result.of()},
                      {"tasks", tasks},
                      {"by_hand", by_hand},
                      {"refused", to_json(result.refused)},
                      {"notes", to_json(result.notes)},
                      {"build", faultline::visible(result.build)},
                      {"images", images},
                      {"versions", result.versions},
                      {"sandbox", {{"kind", result.sandbox}, {"enforced", result.enforced}}},
                      {"when", {{"graded", now()}}}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

static std::vector<Finding> findings(const Json& json) {
    std::vector<Finding> list;
    for (const auto& one : json)
        list.push_back({.test = one.at("test"),
                        .expected = one.at("expected"),
                        .observed = one.at("observed"),
                        .hint = one.at("hint"),
                        .debug = one.at("debug"),
                        .hidden = one.at("hidden")});
    return list;
}

LabResult parse_result(const std::string& json, const std::string& where) {
    try {
        const Json all = Json::parse(json);
        if (all.at("version") != VERSION)
            throw std::runtime_error("its version is another");
        LabResult result{.lab = all.at("lab"),
                         .student = all.at("student"),
                         .seed = all.at("seed"),
                         .refused = findings(all.at("refused")),
                         .notes = findings(all.at("notes")),
                         .build = all.at("build"),
                         .versions = all.at("versions"),
                         .sandbox = all.at("sandbox").at("kind"),
                         .enforced = all.at("sandbox").at("enforced")};
        for (const auto& task : all.at("tasks"))
            result.tasks.push_back({.task = task.at("task"),
                                    .title = task.at("title"),
                                    .points = task.at("points"),
                                    .of = task.at("of"),
                                    .findings = findings(task.at("findings"))});
        for (const auto& hand : all.at("by_hand"))
            result.by_hand.push_back({hand.at("question"), hand.at("rubric"), hand.at("of")});
        for (const auto& image : all.at("images"))
            result.images.push_back({image.at("image"), image.at("sha256")});
        return result;
    } catch (const std::exception& error) {
        throw faultline::Failure(faultline::Exit::failed, where + " is no result: " + error.what(),
                                 "Remove it; it is graded again.");
    }
}

} // namespace lab
