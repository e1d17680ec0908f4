// Answer files and measurements that something happened to: each is met with words, never a crash.
// SPDX-License-Identifier: MIT
//
// Exit codes are tested on the whole marker in machine_test.cpp.
#include "files.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace lab00;
using faultline::Exit;
using faultline::Failure;

namespace {

bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

// What it is refused with; empty if it is not.
std::string refusal(const std::string& answers) {
    try {
        marked(answers);
    } catch (const Failure& failure) {
        CHECK(failure.exit() == Exit::usage);
        CHECK(!failure.next().empty());
        return failure.what();
    }
    return "";
}

std::string no_measurement(const std::string& json) {
    try {
        const lab::Measurement measurement(json, "zero-fill", "file.json");
    } catch (const Failure& failure) {
        CHECK(failure.exit() == Exit::missing);
        CHECK(!failure.next().empty());
        return failure.what();
    }
    return "";
}

std::string without_line(const std::string& name) {
    std::string text;
    for (const auto& line : faultline::lines_of(solution()))
        if (!line.starts_with(name))
            text += line + "\n";
    return text;
}

} // namespace

TEST_CASE("an unknown question is named with its line and the nearest one") {
    const auto result = marked("\n# remark\nmicro.crossing = 4\nzebra = 2\n");
    CHECK(has(result.text, "answers.txt:3: note: there is no question 'micro.crossing'; "
                           "did you mean micro.crossings?"));
    CHECK(has(result.text, "answers.txt:4: note: there is no question 'zebra' (line"));
    CHECK(has(result.text, "answers.txt:0:micro.crossings:FAIL: there is no line"));
}

TEST_CASE("a question that is answered twice has no points") {
    const auto result = marked(solution() + "micro.crossings = 4\n");
    CHECK(result.score.points == 49);
    CHECK(has(result.of("micro.crossings").why, "answered more than once (lines 12 and "));
}

TEST_CASE("a missing line loses its points only") {
    const auto result = marked(without_line("micro.overhead"));
    CHECK(result.score.points == 46);
    CHECK(has(result.of("micro.overhead").why, "there is no line `micro.overhead = ...`"));
    CHECK(result.of("micro.overhead").line == 0);
}

TEST_CASE("a line without = is named") {
    CHECK(has(marked("micro.crossings: 4\n").text,
              "answers.txt:1: note: 'micro.crossings: 4' has no '='"));
}

TEST_CASE("files of any editor are read") {
    std::string windows = "\xef\xbb\xbf";
    for (const auto& line : faultline::lines_of(solution()))
        windows += "\t" + line + " \xc2\xa0\r\n";
    CHECK(marked(windows).score.full());
    CHECK(marked(windows).of("micro.crossings").line ==
          marked(solution()).of("micro.crossings").line);
    std::string upper = solution();
    for (auto& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    CHECK(marked(upper).score.full());
}

TEST_CASE("what is no text is refused, and what to do is said") {
    CHECK(has(refusal(""), "is empty"));
    CHECK(has(refusal(std::string("\xff\xfe"
                                  "a\0",
                                  4)),
              "UTF-16"));
    CHECK(has(refusal(std::string("\177ELF\0\0", 6)), "no text file"));
    CHECK(refusal("# nothing but a remark\n").empty()); // a text, without any answer
}

TEST_CASE("values cannot play with the terminal or the lines of the report") {
    const auto result =
        marked("micro.crossings = \033[31m" + std::string(5000, 'x') + "\n" +
               std::string(3000, 'k') + " = 1\nmonolithic.switches = answers.txt:1:x:PASS\n");
    CHECK_FALSE(has(result.text, "\033"));
    CHECK(has(result.text, "'?[31mxxx"));
    CHECK_FALSE(has(result.text, std::string(100, 'x')));
    CHECK_FALSE(has(result.text, "\nanswers.txt:1:x:PASS"));
    CHECK(result.score.points == 0);
}

TEST_CASE("odd values are wrong, and no more") {
    for (const char* odd : {"-1", "18446744073709551616", "1e9", "nan", "inf", "0x2", "=", "= 2",
                            "2 3", ",", ",,,", "1,2", "<", "%", "\"", "''", "fault_", "the", "."})
        for (const auto& name : the_lab().question_names()) {
            CAPTURE(odd);
            const auto result = marked(solution_with({{name, odd}}));
            CHECK(result.of(name).verdict == lab::Verdict::fail);
            CHECK(result.of(name).points == 0);
        }
}

TEST_CASE("damaged files never crash the marker") {
    std::mt19937 random(1); // fixed: the same damage each time
    const std::string whole = solution();
    for (std::size_t length = 1; length < whole.size(); length += 7)
        CHECK(marked(whole.substr(0, length)).score.points <= 50);
    for (int round = 0; round < 300; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 20; ++i)
            damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        try {
            const auto points = marked(damaged).score.points; // CHECK itself would catch
            CHECK(points <= 50);
        } catch (const Failure& failure) {
            CHECK(failure.exit() == Exit::usage);
        }
    }
}

TEST_CASE("what is no measurement is refused, and how to make one is said") {
    CHECK(has(no_measurement(""), "file.json cannot be used"));
    CHECK(has(no_measurement("\177ELF"), "cannot be used"));
    CHECK(has(no_measurement("[]"), "cannot be used"));
    CHECK(has(no_measurement(R"({"version": 2})"), "its version is 2"));
    CHECK(has(no_measurement(R"({"version": 1, "scenario": "hello", "kernels": []})"),
              "this lab asks about zero-fill"));
    CHECK(has(no_measurement(R"({"version": 1, "scenario": "zero-fill", "kernels": []})"),
              "no kernel with a fault"));
    CHECK(has(no_measurement(R"({"version": 1, "scenario": "zero-fill", "kernels": [7]})"),
              "cannot be used"));
}

TEST_CASE("a damaged measurement never crashes the marker") {
    std::mt19937 random(2);
    const std::string whole = faultline::read_file(TESTS / "measurement.json");
    for (int round = 0; round < 300; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 1 + round % 4; ++i)
            damaged[random() % damaged.size()] = "019{}[]\",:-ae"[random() % 13];
        try {
            const lab::Measurement measurement(damaged, "zero-fill", "file.json");
            const auto points = marked(solution(), measurement).score.points;
            CHECK(points <= 50);
        } catch (const Failure& failure) {
            CHECK(failure.exit() == Exit::missing);
        }
    }
}
