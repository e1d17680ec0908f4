// What `lab validate` finds amiss: each way in which marks can differ from what they should be.
// SPDX-License-Identifier: MIT
#include "validate.hpp"

#include <doctest/doctest.h>

namespace {

using lab::LabResult;
using Words = std::vector<std::string>;

lab::Finding finding(const std::string& hint) {
    return {.test = "a", .expected = "one", .observed = "two", .hint = hint};
}

LabResult result(unsigned first, unsigned second) {
    LabResult made{.lab = "07-toy"};
    made.tasks = {{.task = "1", .title = "one", .points = first, .of = 3},
                  {.task = "2", .title = "two", .points = second, .of = 4}};
    for (lab::TaskResult& task : made.tasks)
        if (task.points != task.of)
            task.findings.push_back(finding("begins at 0"));
    return made;
}

const lab::WrongSolution FROM_ONE{.name = "from-one",
                                  .about = "Counts from one.",
                                  .edits = {},
                                  .loses = {{"2", 3}},
                                  .says = "begins at 0"};

bool has(const Words& amiss, const std::string& part) {
    for (const std::string& words : amiss)
        if (words.find(part) != words.npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("the solution has all points, no finding, no refusal and no message of a compiler") {
    CHECK(lab::amiss_of_solution(result(3, 4)).empty());
    CHECK(has(lab::amiss_of_solution(result(3, 3)), "task 2 has 3 of 4 points"));
    LabResult found = result(3, 4);
    found.tasks[0].findings.push_back(finding(""));
    CHECK(has(lab::amiss_of_solution(found), "expected one; observed two"));
    LabResult refused = result(3, 4);
    refused.refused.push_back(finding(""));
    CHECK(has(lab::amiss_of_solution(refused), "refused: a: expected one"));
    LabResult warned = result(3, 4);
    warned.build = "warning: unused";
    CHECK(has(lab::amiss_of_solution(warned), "warning: unused"));
}

TEST_CASE("the solution's second result is its first one, but for the time") {
    LabResult once = result(3, 4);
    CHECK(lab::amiss_of_again(once, once).empty());
    LabResult other = once;
    other.images = {{"monolithic.elf", "00ff"}};
    CHECK(has(lab::amiss_of_again(once, other), "not that of the first time, in /images"));
    CHECK(has(lab::amiss_of_again(once, result(3, 3)), "task 2 has 3 of 4 points"));
}

TEST_CASE("the starter has no points, and a reason for each task") {
    CHECK(lab::amiss_of_starter(result(0, 0)).empty());
    CHECK(has(lab::amiss_of_starter(result(0, 1)), "task 2 has 1 points for nothing"));
    LabResult silent = result(0, 0);
    silent.tasks[0].findings.clear();
    CHECK(has(lab::amiss_of_starter(silent), "task 1 says nothing"));
    LabResult broken = result(0, 0);
    broken.build = "error: no";
    CHECK(has(lab::amiss_of_starter(broken), "error: no"));
}

TEST_CASE("a wrong solution loses exactly its points, and a lost task names its cause") {
    CHECK(lab::amiss_of_wrong(result(3, 1), FROM_ONE).empty());
    CHECK(has(lab::amiss_of_wrong(result(3, 4), FROM_ONE), "task 2 loses 0 points, not 3"));
    CHECK(has(lab::amiss_of_wrong(result(2, 1), FROM_ONE), "task 1 loses 1 points, not 0"));
    LabResult other = result(3, 1);
    other.tasks[1].findings.front().hint = "ends at 9";
    CHECK(has(lab::amiss_of_wrong(other, FROM_ONE), "says: begins at 0"));
    CHECK(has(lab::amiss_of_wrong(other, FROM_ONE), "ends at 9"));
    lab::WrongSolution unfinished = FROM_ONE;
    unfinished.loses.clear();
    CHECK(has(lab::amiss_of_wrong(result(3, 1), unfinished), "task 2 loses 3 points, not 0"));
    unfinished = FROM_ONE;
    unfinished.says.clear();
    CHECK(has(lab::amiss_of_wrong(result(3, 1), unfinished), "does not say what it loses"));
    // Words of a task that should not lose anything do not count.
    other.tasks[0].findings.push_back(finding("begins at 0"));
    CHECK(has(lab::amiss_of_wrong(other, FROM_ONE), "says: begins at 0"));
}
