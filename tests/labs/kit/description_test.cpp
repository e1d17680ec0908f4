// lab.json: the labs of the tree can be read, and a wrong description is refused by what is wrong.
// SPDX-License-Identifier: MIT
#include "description.hpp"
#include "failure.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace {

using lab::Description;
using Json = nlohmann::json;

const std::filesystem::path FOLDER = "labs/07-toy";

Json toy() {
    return {{"version", 1},
            {"title", "Toy"},
            {"about", "A toy."},
            {"time", "a minute"},
            {"tasks",
             {{{"id", "1"}, {"title", "one"}, {"points", 3}},
              {{"id", "2"}, {"title", "two"}, {"points", 4}}}},
            {"files", {"lib/toy.hpp"}},
            {"kernels", {"monolithic"}}};
}

std::string refusal(const Json& json, const std::filesystem::path& folder = FOLDER) {
    try {
        lab::parse_description(json.dump(), folder);
    } catch (const faultline::Failure& failure) {
        return failure.what();
    }
    return "";
}

} // namespace

TEST_CASE("a description says number, tasks and points") {
    const Description toy_lab = lab::parse_description(toy().dump(), FOLDER);
    CHECK(toy_lab.number == 7);
    CHECK(toy_lab.name == "07-toy");
    CHECK(toy_lab.points() == 7);
    REQUIRE(toy_lab.task("2"));
    CHECK(toy_lab.task("2")->title == "two");
    CHECK(toy_lab.task("3") == nullptr);
}

TEST_CASE("what is wrong with a description is named") {
    const auto with = [](const char* key, const Json& value) {
        Json json = toy();
        json[key] = value;
        return json;
    };
    CHECK(refusal(with("files", {"../secret"})).find("../secret") != std::string::npos);
    CHECK(refusal(with("files", {"/etc/passwd"})).find("/etc/passwd") != std::string::npos);
    CHECK(refusal(with("files", {"lib/./a"})).find("lib/./a") != std::string::npos);
    CHECK(refusal(with("files", {"lib/a", "lib/a"})).find("twice") != std::string::npos);
    CHECK(refusal(with("files", Json::array())).find("no file") != std::string::npos);
    CHECK(refusal(with("pionts", 3)).find("pionts") != std::string::npos);
    CHECK(refusal(with("tasks", Json::array())).find("no task") != std::string::npos);
    CHECK(refusal(with("version", 2)).find("version") != std::string::npos);
    Json twice = toy();
    twice["tasks"][1]["id"] = "1";
    CHECK(refusal(twice).find("two tasks 1") != std::string::npos);
    Json free = toy();
    free["tasks"][1]["points"] = 0;
    CHECK(refusal(free).find("points") != std::string::npos);
    CHECK(refusal(toy(), "labs/7-toy").find("two digits") != std::string::npos);
    Json untitled = toy();
    untitled.erase("title");
    CHECK(refusal(untitled).find("title") != std::string::npos);
    CHECK(refusal(toy()).empty());
}

TEST_CASE("each lab of the tree is found by its number, its name, and both") {
    const auto top = faultline::Tree::here().top;
    const auto folders = lab::lab_folders(top);
    REQUIRE(!folders.empty());
    for (const auto& folder : folders) {
        const Description described = lab::read_description(folder);
        for (const std::string& word :
             {described.name, described.name.substr(3), std::to_string(described.number)})
            CHECK(lab::find_lab(top, word).name == described.name);
    }
    CHECK_THROWS_AS(lab::find_lab(top, "wach-the-fault"), faultline::Failure);
}

TEST_CASE("what a lab names is there: handed-in files, kernels, a handout") {
    const auto top = faultline::Tree::here().top;
    for (const auto& folder : lab::lab_folders(top)) {
        const Description described = lab::read_description(folder);
        CAPTURE(described.name);
        for (const auto& file : described.files)
            CHECK_MESSAGE(std::filesystem::is_regular_file(top / file), file.string());
        for (const std::string& kernel : described.kernels)
            CHECK_MESSAGE(std::filesystem::is_directory(top / "kernels" / kernel), kernel);
        CHECK(std::filesystem::is_regular_file(folder / "handout.md"));
    }
}
