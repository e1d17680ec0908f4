// Wrong solutions: what is refused in their files, and that each can be made of its solution.
// SPDX-License-Identifier: MIT
#include "wrong.hpp"

#include "cut.hpp"
#include "failure.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

const lab::Description LAB{.number = 7,
                           .name = "07-toy",
                           .title = "Toy",
                           .about = "A toy.",
                           .time = "a minute",
                           .tasks = {{.id = "1", .title = "one", .points = 3}},
                           .files = {"lib/toy.hpp"},
                           .kernels = {"monolithic"},
                           .folder = "labs/07-toy"};

Json toy() {
    return {{"about", "Counts from one."},
            {"edits", {{{"file", "lib/toy.hpp"}, {"find", "= 0"}, {"replace", "= 1"}}}},
            {"loses", {{"1", 2}}},
            {"says", "begins at 0"}};
}

std::string refusal(const Json& json) {
    try {
        lab::parse_wrong(json.dump(), "from-one", LAB);
    } catch (const faultline::Failure& failure) {
        return failure.what();
    }
    return "";
}

Json with(const char* key, const Json& value) {
    Json json = toy();
    json[key] = value;
    return json;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

} // namespace

TEST_CASE("what is wrong with a wrong solution's file is named") {
    CHECK(refusal(toy()).empty());
    CHECK(has(refusal(with("lose", 1)), "a key lose"));
    CHECK(has(refusal(with("loses", Json::object())), "loses or says nothing"));
    CHECK(has(refusal(with("says", "")), "says nothing"));
    CHECK(has(refusal(with("edits", Json::array())), "it edits"));
    CHECK(has(refusal(with("loses", {{"2", 1}})), "task 2"));
    CHECK(has(refusal(with("loses", {{"1", 4}})), "4 points of task 1"));
    CHECK(has(refusal(with("loses", {{"1", 0}})), "0 points"));
    Json elsewhere = toy();
    elsewhere["edits"][0]["file"] = "tools/lab/judge.cpp";
    CHECK(has(refusal(elsewhere), "no student hands in"));
}

TEST_CASE("an edit finds its place, once") {
    const auto wrong = lab::parse_wrong(toy().dump(), "from-one", LAB);
    CHECK(lab::edited("int i = 0;", "lib/toy.hpp", wrong) == "int i = 1;");
    CHECK(lab::edited("int i = 0;", "lib/other.hpp", wrong) == "int i = 0;");
    CHECK_THROWS_AS(lab::edited("int i;", "lib/toy.hpp", wrong), faultline::Failure);
    CHECK_THROWS_AS(lab::edited("i = 0; j = 0;", "lib/toy.hpp", wrong), faultline::Failure);
}

TEST_CASE("every wrong solution of the tree can be made, and is none of the others") {
    const fs::path top = faultline::Tree::here().top;
    for (const fs::path& folder : lab::lab_folders(top)) {
        const lab::Description lab = lab::read_description(folder);
        const faultline::Scratch scratch;
        const fs::path tree = scratch.path() / "solution";
        lab::cut_tree(lab, top, tree, lab::Cut::solution);
        std::vector<std::string> made;
        for (const lab::WrongSolution& wrong : lab::wrong_solutions(lab, top)) {
            CAPTURE(wrong.name);
            std::string all;
            for (const fs::path& file : lab.files)
                if (fs::exists(tree / file))
                    CHECK_NOTHROW(all +=
                                  lab::edited(faultline::read_file(tree / file), file, wrong));
            CHECK(std::ranges::count(made, all) == 0);
            made.push_back(all);
        }
    }
}

TEST_CASE("what lies in tests/labs/NN-name/solution stands in the solution, and is handed in") {
    const fs::path top = faultline::Tree::here().top;
    for (const fs::path& folder : lab::lab_folders(top)) {
        const lab::Description lab = lab::read_description(folder);
        const fs::path solved = top / "tests" / "labs" / lab.name / "solution";
        if (!fs::exists(solved))
            continue;
        const faultline::Scratch scratch;
        lab::cut_tree(lab, top, scratch.path() / "kit", lab::Cut::solution);
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(solved)) {
            if (!entry.is_regular_file())
                continue;
            const fs::path file = entry.path().lexically_relative(solved);
            CHECK_MESSAGE(std::ranges::count(lab.files, file) == 1, file.string());
            CHECK(faultline::read_file(scratch.path() / "kit" / file) ==
                  faultline::read_file(entry.path()));
        }
    }
}
