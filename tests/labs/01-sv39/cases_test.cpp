// Lab 1's cases are the same for the same seed, and fit for the rig; its wrong solutions are edits.
// SPDX-License-Identifier: MIT
#include "author/cases.hpp"
#include "author/marker.hpp"
#include "sv39_words.hpp"

#include "abi/lab_rig.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace lab;

namespace {

const Description& sv39_lab_here() {
    static const Description lab = find_lab(faultline::Tree::here().top, "sv39");
    return lab;
}

std::vector<Case> cases_for(std::uint64_t seed, Shown shown) {
    return cases_of(sv39_lab_here(), seed, shown);
}

} // namespace

TEST_CASE("the same seed gives the same cases, another gives others") {
    for (const Shown shown : {Shown::visible, Shown::hidden}) {
        CHECK(cases_json(cases_for(7, shown)) == cases_json(cases_for(7, shown)));
        CHECK(cases_json(cases_for(7, shown)) != cases_json(cases_for(8, shown)));
    }
}

TEST_CASE("what is asked of pages is hidden with other numbers than it is shown") {
    std::set<std::vector<std::uint64_t>> shown;
    for (const Case& made : cases_for(3, Shown::visible))
        if (made.is_rig())
            shown.insert(made.rig.query);
    for (const Case& made : cases_for(3, Shown::hidden))
        CHECK_MESSAGE((!made.is_rig() || !shown.contains(made.rig.query)), made.name);
}

TEST_CASE("cases go through their file unchanged") {
    const auto cases = cases_for(1, Shown::visible);
    const std::string text = cases_json(cases);
    CHECK(cases_json(parse_cases(text, "cases.json")) == text);
    CHECK_THROWS(parse_cases("{\"version\": 2, \"cases\": []}", "cases.json"));
}

TEST_CASE("every case fits a query, belongs to a task and says what it wants") {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (const Shown shown : {Shown::visible, Shown::hidden})
            for (const Case& made : cases_for(seed, shown)) {
                CAPTURE(made.name);
                CHECK(made.is_rig() + made.is_kernel() + made.is_number() == 1);
                CHECK(made.rig.query.size() <= rig::WORDS);
                CHECK(made.rig.expect.size() <= rig::WORDS);
                CHECK(sv39_lab_here().task(made.task) != nullptr);
                CHECK(!made.words.empty());
                CHECK(!made.hint.empty());
                CHECK(!made.debug.empty());
                CHECK(made.hidden == (shown == Shown::hidden));
                CHECK(sv39::watched_steps(made.rig.query, made.rig.expect.size()) ==
                      made.rig.fences.size());
            }
}

TEST_CASE("every task has visible cases, and names are its own") {
    std::set<std::string> names, tasks;
    for (const Case& made : cases_for(0, Shown::visible)) {
        CHECK_MESSAGE(names.insert(made.name).second, made.name); // `lab debug` takes it
        tasks.insert(made.task);
    }
    CHECK(tasks.size() == sv39_lab_here().tasks.size());
}

TEST_CASE("no part is earned by saying no to everything") {
    // What a starter answers: it finds nothing, and refuses what it is asked to change.
    for (const Case& made : cases_for(5, Shown::visible))
        if (made.is_rig())
            CHECK_MESSAGE(std::ranges::any_of(made.rig.expect,
                                              [](std::uint64_t word) {
                                                  return word != 0 && word != ~std::uint64_t{0} &&
                                                         word != 3;
                                              }),
                          made.name);
}

TEST_CASE("an entry in words") {
    CHECK(sv39::entry_words(0) == "0 (not valid)");
    CHECK(sv39::entry_words(0x200800d7) == "V R W U A D, frame 0x80200 (0x200800d7)");
    CHECK(sv39::entry_words(0x401) == "V, frame 0x1, so a table (0x401)");
    CHECK(sv39::entry_words(0x455) == "V W U A, frame 0x1, reserved: W without R (0x455)");
    CHECK(sv39::entry_words(0x4000000000000403) ==
          "V R, frame 0x1, bits 63..54 not 0 (0x4000000000000403)");
}

TEST_CASE("a wrong solution changes what is handed in, and what stands in the solution") {
    const auto top = faultline::Tree::here().top;
    const auto& files = sv39_lab_here().files;
    unsigned count = 0;
    const auto folder = top / "tests/labs/01-sv39/wrong";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        CAPTURE(entry.path().string());
        const auto wrong = nlohmann::json::parse(faultline::read_file(entry.path()));
        CHECK(!wrong.at("about").get<std::string>().empty());
        CHECK(!wrong.at("says").get<std::string>().empty());
        CHECK(!wrong.at("loses").empty());
        for (const auto& edit : wrong.at("edits")) {
            const std::string file = edit.at("file");
            CHECK(std::ranges::find(files, std::filesystem::path(file)) != files.end());
            const std::string solution = cut_text(faultline::read_file(top / file), 1, file, {});
            CHECK(solution.find(edit.at("find").get<std::string>()) != std::string::npos);
        }
        ++count;
    }
    CHECK(count >= 12);
}
