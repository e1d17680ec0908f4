// Reads lab.json, and holds its writer to what the other parts rely on.
// SPDX-License-Identifier: MIT
#include "description.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::json;

static constexpr int JSON_VERSION = 1;

unsigned Description::points() const {
    return std::accumulate(tasks.begin(), tasks.end(), 0U,
                           [](unsigned sum, const Task& task) { return sum + task.points; });
}

const Task* Description::task(std::string_view id) const {
    const auto found = std::ranges::find(tasks, id, &Task::id);
    return found == tasks.end() ? nullptr : &*found;
}

static void require(bool holds, const std::string& what) {
    if (!holds)
        throw std::runtime_error(what);
}

// Thus no name leads out of a tree, and two names are two files.
static bool is_plain(const fs::path& file) {
    return file.is_relative() && file == file.lexically_normal() && *file.begin() != ".." &&
           file.has_filename();
}

static unsigned points_of(const Json& json) {
    const auto& points = json.at("points");
    require(points.is_number_unsigned() && points > 0U && points <= 1000U,
            "points are a number from 1 to 1000, not " + points.dump());
    return points.get<unsigned>();
}

static std::vector<Task> tasks_of(const Json& json) {
    std::vector<Task> tasks;
    std::set<std::string> ids;
    for (const Json& task : json) {
        tasks.push_back(
            {.id = task.at("id"), .title = task.at("title"), .points = points_of(task)});
        require(ids.insert(tasks.back().id).second, "there are two tasks " + tasks.back().id);
    }
    require(!tasks.empty(), "it has no task");
    return tasks;
}

static std::vector<fs::path> files_of(const Json& json) {
    std::vector<fs::path> files;
    for (const Json& name : json) {
        files.emplace_back(name.get<std::string>());
        require(is_plain(files.back()), "\"files\" names " + files.back().string() +
                                            ", which is no plain path from the tree's top");
        require(std::ranges::count(files, files.back()) == 1,
                "\"files\" names " + files.back().string() + " twice");
    }
    require(!files.empty(), "it names no file that a student hands in");
    return files;
}

// "01-sv39" is lab 1.
static int number_of(const std::string& name) {
    const bool good = name.size() > 3 && name[2] == '-' && name.find_first_of("0123456789") == 0 &&
                      name.find_first_not_of("0123456789") == 2;
    require(good, "its folder is " + name + ", not two digits, a dash and a name");
    return std::stoi(name.substr(0, 2));
}

static Description description_of(const Json& json, const fs::path& folder) {
    static const std::set<std::string> KEYS{"version", "title",   "about",    "time",
                                            "tasks",   "by_hand", "files",    "kernels",
                                            "with",    "without", "no_secret"};
    for (const auto& [key, value] : json.items())
        require(KEYS.contains(key), "it has a key " + key + " that nobody reads");
    require(json.at("version") == JSON_VERSION, "its version is " + json.at("version").dump());
    Description lab{.name = folder.filename().string(),
                    .title = json.at("title"),
                    .about = json.at("about"),
                    .time = json.at("time"),
                    .tasks = tasks_of(json.at("tasks")),
                    .files = files_of(json.at("files")),
                    .kernels = json.at("kernels"),
                    .with = json.value("with", std::vector<std::string>{}),
                    .without = json.value("without", std::vector<std::string>{}),
                    .no_secret = json.value("no_secret", std::vector<std::string>{}),
                    .folder = folder};
    lab.number = number_of(lab.name);
    for (const Json& entry : json.value("by_hand", Json::array()))
        lab.by_hand.push_back({.question = entry.at("question"),
                               .rubric = entry.value("rubric", ""), // a kit lacks it
                               .points = points_of(entry)});
    return lab;
}

Description parse_description(std::string_view json, const fs::path& folder) {
    try {
        return description_of(Json::parse(json), folder);
    } catch (const std::exception& error) {
        throw Failure(Exit::failed, (folder / "lab.json").string() + ": " + error.what(),
                      "docs/teaching.md says what stands in a lab.json.");
    }
}

Description read_description(const fs::path& folder) {
    const fs::path plain = folder.has_filename() ? folder : folder.parent_path();
    return parse_description(faultline::read_file(plain / "lab.json"), plain);
}

std::vector<fs::path> lab_folders(const fs::path& top) {
    std::vector<fs::path> folders;
    if (fs::is_directory(top / "labs"))
        for (const fs::directory_entry& entry : fs::directory_iterator(top / "labs"))
            if (fs::is_regular_file(entry.path() / "lab.json"))
                folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

static bool is_called(const std::string& name, const std::string& word) {
    if (name == word || name.substr(3) == word)
        return true;
    const auto number = faultline::parse_number(word);
    return number && *number == static_cast<unsigned>(std::stoi(name.substr(0, 2)));
}

Description find_lab(const fs::path& top, const std::string& word) {
    std::vector<std::string> names;
    for (const fs::path& folder : lab_folders(top)) {
        Description lab = read_description(folder);
        if (is_called(lab.name, word))
            return lab;
        names.push_back(lab.name.substr(3));
    }
    throw Failure(Exit::usage, "there is no lab " + word, faultline::suggestion(word, names));
}

} // namespace lab
