// Lab 0 through the judge of all labs: points by task, and reasons.
// SPDX-License-Identifier: MIT
#include "judge.hpp"

#include "files.hpp"
#include "wrong.hpp"

#include "text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace lab00;

namespace {

const lab::Description& described() {
    static const lab::Description lab = lab::read_description(STARTER.parent_path());
    return lab;
}

std::vector<lab::TaskResult> judged(const std::string& answers) {
    return lab::judge_answers(described(), the_lab(), answers, recorded());
}

} // namespace

TEST_CASE("lab 0 is a lab of questions, and others are not") {
    CHECK(lab::questions_of(described()));
    lab::Description other = described();
    other.name = "01-sv39";
    CHECK(!lab::questions_of(other));
}

TEST_CASE("the judge gives the solution all points, and the starter none") {
    for (const lab::TaskResult& task : judged(solution())) {
        CHECK(task.points == task.of);
        CHECK(task.findings.empty());
    }
    unsigned questions = 0;
    for (const lab::TaskResult& task : judged(faultline::read_file(STARTER))) {
        CHECK(task.points == 0);
        questions += static_cast<unsigned>(task.findings.size());
    }
    CHECK(questions == the_lab().questions.size());
}

TEST_CASE("the judge takes of each mistake its points, and says its cause") {
    for (const lab::WrongSolution& wrong : lab::wrong_solutions(described(), TOP)) {
        CAPTURE(wrong.name);
        bool said = false;
        for (const lab::TaskResult& task : judged(lab::edited(solution(), ANSWERS, wrong))) {
            const auto loses = wrong.loses.find(task.task);
            CHECK(task.of - task.points == (loses == wrong.loses.end() ? 0 : loses->second));
            for (const lab::Finding& finding : task.findings)
                said = said || finding.hint.find(wrong.says) != std::string::npos;
        }
        CHECK(said);
    }
}

TEST_CASE("answers that are no text earn nothing, and it is said why") {
    for (const lab::TaskResult& task : judged(std::string("\x7f"
                                                          "ELF\0\0",
                                                          6))) {
        CHECK(task.points == 0);
        REQUIRE(task.findings.size() == 1);
        CHECK(!task.findings.front().observed.empty());
    }
}
