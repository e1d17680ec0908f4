// The tree's own code has full marks by every case of a lab, of the shared kit and of a student's.
// SPDX-License-Identifier: MIT
//
// On the guest that is built anyway: no starter is made, and no sandbox stands between. What the
// lab's solution is in a starter, and what wrong ones lose, says `lab validate` (tests/labs/kit).
#include "../unity/sample.hpp"

#include "cases.hpp"
#include "cut.hpp"
#include "judge.hpp"
#include "kit.hpp"
#include "replacement_cases.hpp"

#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

using namespace lab;

namespace {

void check_solution(const char* number, std::uint64_t seed) {
    CAPTURE(seed);
    const auto here = faultline::Tree::here();
    const auto lab = find_lab(here.top, number);
    const faultline::Scratch scratch;
    const auto solution = scratch.path() / "solution";
    cut_tree(lab, here.top, solution, Cut::solution);
    const BuiltTree tree{solution, here.guest("release")};
    const auto machines = scratch.path() / "machines";
    std::filesystem::create_directory(machines);
    const auto sandbox = make_sandbox(SandboxKind::none);
    Runner runner(*sandbox, machines);
    if (lab.number == 3)
        faultline::write_file(solution / "labs" / lab.name / "answers.txt",
                              replacement_answers(seed, tree, runner));
    const auto cases = all_cases(lab, seed);
    const auto result = judge(lab, tree, cases, runner);
    for (const auto& task : result.tasks)
        for (const auto& finding : task.findings)
            MESSAGE(task.task << ", " << finding.test << ": expected " << finding.expected
                              << "; observed " << finding.observed);
    CHECK(result.points() == lab.points());
}

void check_lab(const char* number) {
    faultline::prepare_signals();
    check_solution(number, 0);
    for (const unsigned student : sample::of(1, 20, 1))
        check_solution(number, seed_of(number, "student-" + std::to_string(student)));
}

} // namespace

TEST_CASE("lab 1: the tree's own code has full marks") { check_lab("1"); }
TEST_CASE("lab 2: the tree's own code has full marks") { check_lab("2"); }
TEST_CASE("lab 3: the tree's own code has full marks") { check_lab("3"); }
