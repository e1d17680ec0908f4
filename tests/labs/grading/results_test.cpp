// Results in their formats, and a class's table: nothing of a submission becomes markup or formula.
// SPDX-License-Identifier: MIT
#include "class_report.hpp"
#include "failure.hpp"
#include "result_formats.hpp"
#include "roster.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace lab;

namespace {

LabResult specimen() {
    LabResult result{.lab = "01-sv39", .student = "ada", .seed = 7, .submission = "abc"};
    result.tasks = {{.task = "1", .title = "walk", .points = 5, .of = 10},
                    {.task = "2", .title = "map", .points = 10, .of = 10}};
    result.tasks[0].findings = {
        {.test = "visible one", .expected = "7", .observed = "\x1b[2J<b>8</b>", .debug = "break f"},
        {.test = "hidden one",
         .expected = "secret",
         .observed = "9",
         .hint = "Look at V.",
         .hidden = true}};
    result.by_hand = {{"why?", "says why", 3}};
    result.images = {{"monolithic.elf", "00ff"}};
    result.versions = {{"tree", "1234"}};
    result.sandbox = "bubblewrap";
    result.enforced = {"network", "files"};
    return result;
}

bool has(const std::string& text, const char* words) { return text.find(words) != text.npos; }

} // namespace

TEST_CASE("JSON and back is the same, but for when") {
    const auto json = result_json(specimen());
    auto again = nlohmann::json::parse(result_json(parse_result(json, "test")));
    auto once = nlohmann::json::parse(json);
    CHECK(once.at("version") == 1);
    CHECK(once.at("points") == 15);
    CHECK(once.erase("when") == 1);
    again.erase("when");
    CHECK(once == again);
    CHECK_FALSE(has(json, "\x1b"));
    CHECK_THROWS_AS(parse_result("{\"version\": 2}", "test"), faultline::Failure);
    CHECK_THROWS_AS(parse_result("no json", "test"), faultline::Failure);
}

TEST_CASE("a student sees of a hidden test its name and its hint") {
    const auto student = result_text(specimen(), Reader::student, 80);
    CHECK(has(student, "hidden one (hidden)"));
    CHECK(has(student, "Look at V."));
    CHECK_FALSE(has(student, "secret"));
    CHECK(has(result_text(specimen(), Reader::teacher, 80), "secret"));
    CHECK_FALSE(has(result_gradescope(specimen()), "secret"));
    CHECK(has(result_gradescope(specimen()), "visible one"));
    CHECK_FALSE(has(student, "\x1b"));
    CHECK(student.ends_with("\npoints 15 of 20\n"));
}

TEST_CASE("what is refused has its own words before the tasks") {
    auto result = specimen();
    result.refused = {{.test = "a.cpp", .expected = "", .observed = "it defines fault_fill"}};
    for (const auto& text : {result_text(result, Reader::student, 80), result_gradescope(result)}) {
        CHECK(has(text, "has no points"));
        CHECK(has(text, "it defines fault_fill"));
    }
    result.tasks[0].findings.clear();
    CHECK(has(result_junit(result), "it defines fault_fill"));
}

TEST_CASE("JUnit and HTML hold no markup of a submission's") {
    const auto junit = result_junit(specimen());
    CHECK(has(junit, "tests=\"2\" failures=\"1\""));
    CHECK(has(junit, "&lt;b&gt;8"));
    Description lab;
    lab.number = 1;
    lab.title = "Sv39";
    lab.tasks = {{"1", "walk", 10}, {"2", "map", 10}};
    std::vector<ClassRow> rows = {{.student = "ada",
                                   .name = "<script>alert(1)</script>",
                                   .result = specimen(),
                                   .late_days = 2,
                                   .final_points = 12},
                                  {.student = "bob", .name = "=1+1", .note = "not \"handed\" in"}};
    const auto html = class_html(lab, rows);
    CHECK_FALSE(has(html, "<script>"));
    CHECK(has(html, "<b>12</b>"));
    CHECK_FALSE(has(html, "<b>8"));
    const auto csv = class_csv(lab, rows);
    CHECK(has(csv, "\"ada\",\"<script>alert(1)</script>\",5,10,15,20,2,12,,\"\"\n"));
    CHECK(has(csv, "\"bob\",\"'=1+1\",,,,20,0,0,,\"not \"\"handed\"\" in\"\n"));
}

TEST_CASE("a roster: late days and a teacher's points") {
    const auto roster = parse_roster(
        R"({"version": 1, "late": {"free_days": 1, "percent_a_day": 10, "most_days": 5},
            "students": [{"student": "ada", "name": "Ada", "late_days": 3}, {"student": "bob"}],
            "overrides": [{"student": "ada", "task": "1", "points": 9, "why": "in person"}]})",
        "roster.json");
    CHECK(roster.find("ada")->late_days == 3);
    CHECK(roster.find("cyd") == nullptr);
    CHECK(points_when_late(roster, 50, 0) == 50);
    CHECK(points_when_late(roster, 50, 1) == 50);
    CHECK(points_when_late(roster, 50, 3) == 40);
    CHECK(points_when_late(roster, 50, 6) == 0);
    auto result = specimen();
    apply_overrides(roster, result);
    CHECK(result.tasks[0].points == 9);
    CHECK(result.tasks[0].findings.back().hint == "in person");
    CHECK(result.tasks[1].points == 10);
    Description lab;
    lab.tasks = {{"1", "walk", 10}, {"2", "map", 10}};
    lab.by_hand = {{.question = "why?", .rubric = "because", .points = 7}};
    const std::vector<ClassRow> rows = {{.student = "ada", .result = result}};
    const char* note = "task 1 decided by a teacher, the machine gave 5: in person";
    CHECK(has(class_csv(lab, rows), note));
    CHECK(has(class_html(lab, rows), note));
    CHECK(has(class_html(lab, rows), "<th>by hand (7)</th>"));
}

TEST_CASE("a roster that says something else is refused") {
    for (const char* json :
         {"", "[]", "{\"version\": 2, \"students\": []}", "{\"version\": 1}",
          "{\"version\": 1, \"students\": [], \"penalty\": 1}",
          "{\"version\": 1, \"students\": [{\"student\": \"a\"}, {\"student\": \"a\"}]}",
          "{\"version\": 1, \"students\": [{\"student\": \"../a\"}]}",
          "{\"version\": 1, \"students\": [{\"student\": \"a\", \"late\": 1}]}",
          "{\"version\": 1, \"students\": [], \"overrides\": [{\"student\": \"b\", \"task\": "
          "\"1\", \"points\": 1}]}"})
        CHECK_THROWS_AS(parse_roster(json, "roster.json"), faultline::Failure);
}
