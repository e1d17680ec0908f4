// Full marks for the solution, none for the starter, and for each typical mistake the right loss.
// SPDX-License-Identifier: MIT
//
// wrong/*.json hold the mistakes (wrong.hpp).
#include "description.hpp"
#include "files.hpp"
#include "wrong.hpp"

#include "text.hpp"
#include "words.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace lab00;

namespace {

const lab::Description& described() {
    static const lab::Description lab = lab::read_description(STARTER.parent_path());
    return lab;
}

std::vector<lab::WrongSolution> mistakes() { return lab::wrong_solutions(described(), TOP); }

Marked marked(const lab::WrongSolution& mistake) {
    return lab00::marked(lab::edited(solution(), ANSWERS, mistake));
}

unsigned lost(const lab::WrongSolution& mistake) {
    unsigned sum = 0;
    for (const auto& [task, points] : mistake.loses)
        sum += points;
    return sum;
}

// The questions that MISTAKE answers otherwise.
bool is_edited(const lab::WrongSolution& mistake, const std::string& question) {
    return std::ranges::any_of(mistake.edits, [&](const lab::Edit& edit) {
        return lab::trimmed(edit.find.substr(0, edit.find.find('='))) == question;
    });
}

} // namespace

TEST_CASE("the lab is worth 50 points, and no question is there twice") {
    unsigned points = 0;
    for (const auto& question : the_lab().questions) {
        points += question.points;
        CHECK(question.task >= 1);
        CHECK(question.task <= the_lab().tasks.size());
    }
    CHECK(points == 50);
    auto names = the_lab().question_names();
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("the solution has full marks") {
    const auto result = marked(solution());
    CAPTURE(result.text);
    CHECK(result.score.full());
    CHECK(result.text.find("FAIL") == std::string::npos);
    CHECK(result.text.ends_with("\npoints 50 of 50\n"));
}

TEST_CASE("the starter has none, and each hole is named") {
    const auto result = marked(faultline::read_file(STARTER));
    CHECK(result.score.points == 0);
    CHECK(result.text.find(": note: ") == std::string::npos);
    for (const auto& mark : result.marks) {
        CAPTURE(mark.question->name);
        CHECK(mark.line > 0); // the starter has a line for each
        CHECK(result.text.find(
                  "answers.txt:" + std::to_string(mark.line) + ":" + mark.question->name +
                  ":FAIL: not answered yet: " + mark.question->asks) != std::string::npos);
    }
}

TEST_CASE("a hole does not tell what belongs into it") {
    const auto result = marked(faultline::read_file(STARTER));
    CHECK(result.text.find("expected") == std::string::npos);
}

TEST_CASE("every typical mistake loses exactly its points, and its cause is named") {
    const auto all = mistakes();
    CHECK(all.size() >= 20);
    for (const auto& mistake : all) {
        const auto result = marked(mistake);
        CAPTURE(mistake.name);
        CAPTURE(result.text);
        std::map<std::string, unsigned> loses;
        bool said = false;
        for (const auto& mark : result.marks) {
            const bool fails = mark.verdict == lab::Verdict::fail;
            CHECK(fails == is_edited(mistake, mark.question->name));
            if (fails)
                loses[std::to_string(mark.question->task)] += mark.question->points - mark.points;
            said = said || mark.why.find(mistake.says) != std::string::npos;
        }
        CHECK(loses == mistake.loses);
        CHECK(said);
    }
}

TEST_CASE("lab.json says of tasks and points what the marker does") {
    REQUIRE(described().tasks.size() == the_lab().tasks.size());
    for (unsigned task = 1; task <= the_lab().tasks.size(); ++task) {
        unsigned points = 0;
        for (const auto& question : the_lab().questions)
            points += question.task == task ? question.points : 0;
        const lab::Task* const known = described().task(std::to_string(task));
        REQUIRE(known);
        CHECK(known->points == points);
        CHECK(known->title == the_lab().tasks[task - 1]);
    }
}

TEST_CASE("a wrong answer says what was expected") {
    Edits all_wrong;
    for (const auto& name : the_lab().question_names())
        all_wrong[name] = name.ends_with(".percent") ? "1" : "7";
    const auto result = marked(solution_with(all_wrong));
    CHECK(result.score.points == 0);
    for (const auto& mark : result.marks) {
        CAPTURE(mark.question->name);
        CAPTURE(mark.why);
        const bool names_what_there_is = mark.why.find("none of") != std::string::npos ||
                                         mark.why.find("each of") != std::string::npos;
        CHECK((mark.why.find("expected ") != std::string::npos || names_what_there_is));
    }
}

TEST_CASE("the quiet report tells points and nothing of a single question") {
    for (const auto& mistake : mistakes()) {
        const auto result = marked(mistake);
        CAPTURE(mistake.name);
        CAPTURE(result.points);
        CHECK(result.points.ends_with("points " + std::to_string(50 - lost(mistake)) + " of 50\n"));
        for (const auto& mark : result.marks) {
            CHECK(result.points.find(mark.question->name) == std::string::npos);
            CHECK((mark.why.empty() || result.points.find(mark.why) == std::string::npos));
        }
        CHECK(result.points.find("expected") == std::string::npos);
        CHECK(result.text.ends_with(result.points)); // the same points as the loud one
    }
    const auto starter = marked(faultline::read_file(STARTER));
    CHECK(starter.points.starts_with("36 of 36 questions are not answered yet\n"));
}

TEST_CASE("what belongs to a kernel that was not measured is neither right nor wrong") {
    auto json = nlohmann::json::parse(faultline::read_file(TESTS / "measurement.json"));
    for (auto& kernel : json["kernels"])
        if (kernel["kernel"] == "spin") {
            kernel["totals"] = nullptr;
            kernel["stages"] = nlohmann::json::array();
            kernel["result"] = {{"status", 123}, {"meaning", "the kernel panicked"}};
        }
    const auto result = marked(solution(), {json.dump(), "zero-fill", "test"});
    CAPTURE(result.text);
    CHECK(result.of("spin.crossings").verdict == lab::Verdict::not_measured);
    CHECK(result.of("spin.crossings").why.find("the kernel panicked") != std::string::npos);
    CHECK(result.of("order.instructions").verdict == lab::Verdict::not_measured);
    CHECK(result.of("micro.crossings").verdict == lab::Verdict::pass);
    CHECK(result.text.find(":FAIL") == std::string::npos);
    CHECK_FALSE(result.score.full());
}

TEST_CASE("kernels within a twentieth of each other may stand in either order") {
    auto json = nlohmann::json::parse(faultline::read_file(TESTS / "measurement.json"));
    for (auto& kernel : json["kernels"])
        kernel["totals"]["instructions"] = kernel["kernel"] == "micro" ? 1050 : 1000;
    const lab::Measurement near(json.dump(), "zero-fill", "test");
    CHECK(marked(solution_with({{"order.instructions", "micro exo spin monolithic"}}), near)
              .of("order.instructions")
              .points == 6);
}

TEST_CASE("the marks as JSON add up") {
    const auto answers = lab::parse_answers("a", solution_with({{"micro.crossings", "2"}}),
                                            the_lab().question_names());
    const auto marks = lab::mark(the_lab(), answers, recorded());
    const auto json = nlohmann::json::parse(lab::report_json(the_lab(), answers, marks));
    CHECK(json["points"] == 49);
    CHECK(json["of"] == 50);
    CHECK(json["questions"].size() == the_lab().questions.size());
    unsigned by_task = 0;
    for (const auto& task : json["tasks"])
        by_task += task["points"].get<unsigned>();
    CHECK(by_task == 49);
}
