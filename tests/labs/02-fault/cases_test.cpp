// Lab 2's cases: the same for a seed, other for another, fit for the rig; and its wrong solutions.
// SPDX-License-Identifier: MIT
#include "author/cases.hpp"
#include "author/marker.hpp"
#include "fault_words.hpp"
#include "fences.hpp"

#include "abi/lab_fault.hpp"
#include "abi/lab_rig.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace lab;

namespace {

const Description& fault_lab_here() {
    static const Description lab = find_lab(faultline::Tree::here().top, "fault");
    return lab;
}

std::vector<Case> cases_for(std::uint64_t seed, Shown shown) {
    return cases_of(fault_lab_here(), seed, shown);
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
                CHECK(fault_lab_here().task(made.task) != nullptr);
                CHECK(!made.words.empty());
                CHECK(!made.hint.empty());
                CHECK(!made.debug.empty());
                CHECK(made.hidden == (shown == Shown::hidden));
                CHECK(fault::watched_steps(made.rig.query, made.rig.expect.size()) ==
                      made.rig.fences.size());
            }
}

TEST_CASE("every task has visible cases, and names are its own") {
    std::set<std::string> names, tasks;
    for (const Case& made : cases_for(0, Shown::visible)) {
        CHECK_MESSAGE(names.insert(made.name).second, made.name); // `lab debug` takes it
        tasks.insert(made.task);
    }
    CHECK(tasks.size() == fault_lab_here().tasks.size());
}

TEST_CASE("a query in words") {
    using fault_lab::Step;
    const std::vector<std::uint64_t> query = {static_cast<std::uint64_t>(Step::save),
                                              7,
                                              static_cast<std::uint64_t>(Step::resolve),
                                              0,
                                              2,
                                              0x5010,
                                              static_cast<std::uint64_t>(Step::install),
                                              0,
                                              5,
                                              3,
                                              2};
    const std::vector<std::uint64_t> answers = {1 << 28 | 2, 0, 0, 1, 2, 5, 3, 1, 0, 0xd7, 1};
    const auto at = [&](std::size_t index) { return fault::said(query, answers, index); };
    CHECK(at(0).step == "TRAP_SAVE_ALL (values: 0x7)");
    CHECK(at(0).answer == "registers with another value: x1 and x28");
    CHECK(at(1).answer == "the frame's pc is the instruction's: no");
    CHECK(at(4).step == "fault_resolve (space: 0, access: store, address: 0x5010)");
    CHECK(at(4).answer == "it returns not_permitted");
    CHECK(at(6).answer == "resolution.rights: R W");
    CHECK(at(7).answer == "resolution.supply: copy");
    CHECK(at(9).answer == "flags: V R W U A D");
    CHECK(fault::step_under_way(query, 4) == at(4).step);
    CHECK(fault::watched_step(query, 0) == at(8).step);
    CHECK(fault::watched_steps(query, 8) == 0);
    CHECK(fault::watched_steps(query, 9) == 1);
}

TEST_CASE("a fence of code is due where a page may be executed") {
    using faultline::ChangeEvent;
    using Kind = ChangeEvent::Kind;
    const auto problem = [](DueFence::Kind due, const faultline::Change& change) {
        return fence_problem({due}, change, [](auto pc) { return faultline::hex(pc); });
    };
    const ChangeEvent store{Kind::store, 1, 2}, fence{Kind::fence_page, 3, 0},
        code{Kind::fence_code, 4, 0};
    CHECK(problem(DueFence::Kind::code, {code, store, fence}).empty());
    CHECK(problem(DueFence::Kind::code, {store, fence, code}).empty());
    CHECK(problem(DueFence::Kind::page, {store, fence}).empty());
    CHECK(problem(DueFence::Kind::code, {store, fence}).starts_with("no fence.i"));
    // It orders no translation.
    CHECK(problem(DueFence::Kind::code, {store, code}).find("no sfence.vma") != std::string::npos);
    CHECK(problem(DueFence::Kind::page, {store, code}).find("no sfence.vma") != std::string::npos);
}

TEST_CASE("a wrong solution changes what is handed in, and what stands in the solution") {
    const auto top = faultline::Tree::here().top;
    const auto& files = fault_lab_here().files;
    unsigned count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(top / "tests/labs/02-fault/wrong")) {
        CAPTURE(entry.path().string());
        const auto wrong = nlohmann::json::parse(faultline::read_file(entry.path()));
        CHECK(!wrong.at("about").get<std::string>().empty());
        CHECK(!wrong.at("says").get<std::string>().empty());
        CHECK(!wrong.at("loses").empty());
        for (const auto& edit : wrong.at("edits")) {
            const std::string file = edit.at("file");
            CHECK(std::ranges::find(files, std::filesystem::path(file)) != files.end());
            const std::string solution = cut_text(faultline::read_file(top / file), 2, file, {});
            CHECK(solution.find(edit.at("find").get<std::string>()) != std::string::npos);
        }
        ++count;
    }
    CHECK(count >= 12);
}
