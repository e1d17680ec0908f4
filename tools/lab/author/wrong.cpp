// Reads wrong solutions, and makes them of the right one.
// SPDX-License-Identifier: MIT
#include "wrong.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::json;

static void require(bool holds, const std::string& what) {
    if (!holds)
        throw std::runtime_error(what);
}

static WrongSolution wrong_of(const Json& json, const std::string& name, const Description& lab) {
    static const std::set<std::string> KEYS{"about", "edits", "loses", "says"};
    for (const auto& [key, value] : json.items())
        require(KEYS.contains(key), "it has a key " + key + " that nobody reads");
    WrongSolution wrong{.name = name,
                        .about = json.at("about"),
                        .edits = {},
                        .loses = json.at("loses"),
                        .says = json.at("says")};
    for (const Json& edit : json.at("edits"))
        wrong.edits.push_back({.file = edit.at("file").get<std::string>(),
                               .find = edit.at("find"),
                               .replace = edit.at("replace")});
    require(!wrong.edits.empty() && !wrong.loses.empty() && !wrong.says.empty(),
            "it edits, loses or says nothing");
    for (const Edit& edit : wrong.edits)
        require(std::ranges::count(lab.files, edit.file) == 1,
                "it edits " + edit.file.string() + ", which no student hands in");
    for (const auto& [id, points] : wrong.loses) {
        const Task* task = lab.task(id);
        require(task && points > 0 && points <= task->points,
                "it loses " + std::to_string(points) + " points of task " + id);
    }
    return wrong;
}

WrongSolution parse_wrong(std::string_view json, const std::string& name, const Description& lab) {
    try {
        return wrong_of(Json::parse(json), name, lab);
    } catch (const std::exception& error) {
        throw Failure(Exit::failed, lab.name + ", wrong solution " + name + ": " + error.what(),
                      "docs/teaching.md says what stands in it.");
    }
}

static fs::path folder_of(const Description& lab, const fs::path& tree) {
    return tree / "tests" / "labs" / lab.name / "wrong";
}

std::vector<std::string> wrong_names(const Description& lab, const fs::path& tree) {
    std::vector<std::string> names;
    if (fs::is_directory(folder_of(lab, tree)))
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_of(lab, tree)))
            if (entry.path().extension() == ".json")
                names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

WrongSolution read_wrong(const Description& lab, const fs::path& tree, const std::string& name) {
    return parse_wrong(faultline::read_file(folder_of(lab, tree) / (name + ".json")), name, lab);
}

std::vector<WrongSolution> wrong_solutions(const Description& lab, const fs::path& tree) {
    std::vector<WrongSolution> all;
    for (const std::string& name : wrong_names(lab, tree))
        all.push_back(read_wrong(lab, tree, name));
    return all;
}

static std::size_t times_in(std::string_view text, std::string_view part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != text.npos && !part.empty(); at = text.find(part, at + 1))
        ++times;
    return times;
}

std::string edited(std::string text, const fs::path& file, const WrongSolution& wrong) {
    for (const Edit& edit : wrong.edits) {
        if (edit.file != file)
            continue;
        const std::size_t times = times_in(text, edit.find);
        if (times != 1)
            throw Failure(Exit::failed,
                          "wrong solution " + wrong.name + ": in " + file.string() + " stands " +
                              std::to_string(times) + " times: " + edit.find,
                          "What is to be replaced stands there once.");
        text.replace(text.find(edit.find), edit.find.size(), edit.replace);
    }
    return text;
}

void make_wrong(const fs::path& folder, const WrongSolution& wrong) {
    std::set<fs::path> files;
    for (const Edit& edit : wrong.edits)
        files.insert(edit.file);
    for (const fs::path& file : files)
        faultline::write_file(folder / file,
                              edited(faultline::read_file(folder / file), file, wrong));
}

} // namespace lab
