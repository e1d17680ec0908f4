// Full marks for the solution, none for the starter, and for each typical mistake the right loss.
// SPDX-License-Identifier: MIT
//
// wrong/*.txt hold the mistakes: the lines that differ from solution.txt, and above them `#: loses
// N` and `#: says WORDS`.
#include "files.hpp"

#include "text.hpp"
#include "words.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace lab00;

namespace {

struct Mistake {
    std::string name;
    unsigned loses = 0;
    std::string says;
    Edits edits;
};

Mistake read_mistake(const std::filesystem::path& path) {
    Mistake mistake{.name = path.stem().string(), .loses = 0, .says = {}, .edits = {}};
    for (const auto& line : faultline::lines_of(faultline::read_file(path))) {
        if (line.starts_with("#: loses "))
            mistake.loses = static_cast<unsigned>(std::stoul(line.substr(9)));
        else if (line.starts_with("#: says "))
            mistake.says = line.substr(8);
        else if (const auto equals = line.find('='); !line.starts_with("#") && equals != line.npos)
            mistake.edits[lab::trimmed(line.substr(0, equals))] =
                lab::trimmed(line.substr(equals + 1));
    }
    return mistake;
}

std::vector<Mistake> mistakes() {
    std::vector<Mistake> all;
    for (const auto& entry : std::filesystem::directory_iterator(TESTS / "wrong"))
        all.push_back(read_mistake(entry.path()));
    return all;
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
    CHECK(all.size() >= 10);
    for (const auto& mistake : all) {
        const auto result = marked(solution_with(mistake.edits));
        CAPTURE(mistake.name);
        CAPTURE(result.text);
        CHECK(mistake.loses > 0);
        CHECK(result.score.points == result.score.of - mistake.loses);
        bool said = false;
        for (const auto& mark : result.marks) {
            const bool edited = mistake.edits.contains(mark.question->name);
            CHECK((mark.verdict == lab::Verdict::fail) == edited);
            said = said || mark.why.find(mistake.says) != std::string::npos;
        }
        CHECK(!mistake.says.empty());
        CHECK(said);
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
        const auto result = marked(solution_with(mistake.edits));
        CAPTURE(mistake.name);
        CAPTURE(result.points);
        CHECK(result.points.ends_with("points " + std::to_string(50 - mistake.loses) + " of 50\n"));
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
