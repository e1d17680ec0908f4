// Cases as JSON: what a kit holds.
// SPDX-License-Identifier: MIT
#include "case.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

namespace lab {

using Json = nlohmann::ordered_json;

namespace {

// Words of 64 bits do not fit a JSON number everywhere; and hex is what one looks for in them.
Json words_json(const std::vector<std::uint64_t>& words) {
    std::string text;
    for (const std::uint64_t word : words)
        text += (text.empty() ? "" : " ") + faultline::hex(word);
    return text;
}

std::vector<std::uint64_t> words_in(const Json& json) {
    std::vector<std::uint64_t> words;
    for (const std::string& text : faultline::split(json.get<std::string>(), ' ')) {
        if (text.empty())
            continue;
        const auto number = faultline::parse_number(text);
        if (!number)
            throw std::runtime_error("bad number " + text);
        words.push_back(*number);
    }
    return words;
}

Json fence_json(const DueFence& fence) {
    switch (fence.kind) {
    case DueFence::Kind::none:
        return "none";
    case DueFence::Kind::page:
        return "page";
    case DueFence::Kind::code:
        return "code";
    case DueFence::Kind::tables:
        return fence.tables;
    }
    return nullptr;
}

DueFence fence_in(const Json& json) {
    if (json.is_number())
        return {DueFence::Kind::tables, json.get<unsigned>()};
    return {json == "page"   ? DueFence::Kind::page
            : json == "code" ? DueFence::Kind::code
                             : DueFence::Kind::none};
}

Json count_json(const std::optional<std::uint64_t>& count) {
    return count ? Json(*count) : Json(nullptr);
}

std::optional<std::uint64_t> count_in(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(json.get<std::uint64_t>());
}

Json to_json(const Case& made) {
    Json json = {{"task", made.task}, {"part", made.part}, {"name", made.name}};
    if (made.is_rig()) {
        json["query"] = words_json(made.rig.query);
        json["expect"] = words_json(made.rig.expect);
        if (!made.rig.fences.empty()) {
            json["fences"] = Json::array();
            for (const DueFence& fence : made.rig.fences)
                json["fences"].push_back(fence_json(fence));
        }
    }
    if (made.is_kernel())
        json["program"] = {{"kernel", made.kernel.kernel},
                           {"program", made.kernel.program},
                           {"status", made.kernel.status},
                           {"stages", made.kernel.stages},
                           {"access", made.kernel.access},
                           {"completed", made.kernel.completed},
                           {"fences", made.kernel.fences},
                           {"exits", count_json(made.kernel.exits)},
                           {"crossings", count_json(made.kernel.crossings)},
                           {"most", count_json(made.kernel.most)},
                           {"hung", made.kernel.hung}};
    if (made.is_number())
        json["number"] = {{"key", made.number.key},
                          {"more", made.number.more},
                          {"less", made.number.less},
                          {"field", made.number.field},
                          {"percent", made.number.percent}};
    if (!made.replacement.empty())
        json["replacement"] = replacement::to_json(made.replacement);
    json["words"] = made.words;
    json["hint"] = made.hint;
    json["debug"] = made.debug;
    return json;
}

Case case_in(const Json& json) {
    Case made{.task = json.at("task"), .part = json.at("part"), .name = json.at("name")};
    if (json.contains("query")) {
        made.rig.query = words_in(json.at("query"));
        made.rig.expect = words_in(json.at("expect"));
        if (json.contains("fences"))
            for (const Json& fence : json.at("fences"))
                made.rig.fences.push_back(fence_in(fence));
    }
    if (const auto program = json.find("program"); program != json.end())
        made.kernel = {program->at("kernel"),
                       program->at("program"),
                       program->at("status"),
                       program->at("stages"),
                       program->at("access"),
                       program->at("completed"),
                       program->at("fences"),
                       count_in(program->at("exits")),
                       count_in(program->at("crossings")),
                       count_in(program->at("most")),
                       program->at("hung")};
    if (const auto number = json.find("number"); number != json.end())
        made.number = {number->at("key"), number->at("more"), number->at("less"),
                       number->at("field"), number->at("percent")};
    if (const auto parts = json.find("replacement"); parts != json.end())
        made.replacement = replacement::parts_in(*parts);
    made.words = json.at("words");
    made.hint = json.at("hint");
    made.debug = json.at("debug");
    return made;
}

} // namespace

std::string cases_json(const std::vector<Case>& cases) {
    Json json = {{"version", 1}, {"cases", Json::array()}};
    for (const Case& made : cases)
        json["cases"].push_back(to_json(made));
    return json.dump(1) + "\n";
}

std::vector<Case> parse_cases(std::string_view json, const std::filesystem::path& file) {
    try {
        const Json whole = Json::parse(json);
        if (whole.at("version") != Json(1))
            throw std::runtime_error("version " + whole.at("version").dump());
        std::vector<Case> cases;
        for (const Json& made : whole.at("cases"))
            cases.push_back(case_in(made));
        return cases;
    } catch (const std::exception& error) {
        throw faultline::Failure(faultline::Exit::failed, file.string() + ": " + error.what(),
                                 "A kit's cases are not for changing: git checkout brings them "
                                 "back.");
    }
}

std::vector<Case> read_cases(const std::filesystem::path& file) {
    return parse_cases(faultline::read_file(file), file);
}

} // namespace lab
