// Attacks from inside the machine: a student's code that ends it, floods it, or answers for itself.
// SPDX-License-Identifier: MIT
//
// Held against what the starter earns on the same cases: no attack earns more.
#include "ground.hpp"

#include "cases.hpp"
#include "judge.hpp"

#include <doctest/doctest.h>

using namespace attacks;
using namespace lab;

namespace {

// Some of task 2's.
const std::vector<Case>& cases() {
    static const auto chosen = [] {
        std::vector<Case> few;
        for (auto& made : cases_of(lab_1(), 0, Shown::visible))
            if (made.task == "2" && made.is_rig() && few.size() < 4)
                few.push_back(std::move(made));
        return few;
    }();
    return chosen;
}

struct Outcome {
    unsigned points;
    std::string words;
};

Outcome judged(const std::string& file) {
    const auto attempt = build(file);
    CAPTURE(attempt.words());
    REQUIRE(attempt.built.is_whole);
    REQUIRE(attempt.built.replaced.empty());
    const auto machines = attempt.scratch->path() / "machines";
    std::filesystem::create_directory(machines);
    Runner runner(sandbox(), machines);
    const auto result = judge(lab_1(), attempt.built.tree, cases(), runner);
    Outcome outcome{result.points(), ""};
    for (const auto& task : result.tasks)
        for (const auto& finding : task.findings)
            outcome.words += finding.observed + "\n";
    return outcome;
}

struct MachineAttack {
    const char* about;
    const char* code; // at the beginning of each query
};

const std::vector<MachineAttack> ATTACKS = {
    {"powers off with success",
     "*reinterpret_cast<volatile unsigned*>(0xffffffc000000000UL + 0x100000) = 0x5555;"},
    {"asks the firmware to power off",
     "asm volatile(\"li a7, 0x53525354\\nli a6, 0\\nli a0, 0\\nli a1, 0\\necall\" ::: \"a0\", "
     "\"a1\", \"a6\", \"a7\");"},
    {"never comes back", "for (volatile int i = 0;; i = i + 1) {}"},
    {"sleeps for ever", "asm volatile(\"csrw sie, zero\\n1: wfi\\nj 1b\");"},
    {"floods the console, with what a right answer prints",
     "for (;;) for (const char* c = \"task 2: 15 of 15\\n\"; *c; ++c) asm volatile("
     "\"mv a0, %0\\nli a7, 1\\necall\" :: \"r\"(static_cast<long>(*c)) : \"a0\", \"a7\");"},
    {"makes every answer there is in the RAM disk say that it was given",
     "extern char kernel_end[];\n"
     "for (unsigned long* word = reinterpret_cast<unsigned long*>(kernel_end), i = 0; i < 512; "
     "++i) "
     "if (word[i] == 0 || word[i] == 1) word[i] = 2;\n"
     "*reinterpret_cast<volatile unsigned*>(0xffffffc000000000UL + 0x100000) = 0x5555;"},
    {"traps for ever", "asm volatile(\"csrw stvec, zero\\nebreak\");"},
};

} // namespace

TEST_CASE("nothing that a machine does by itself earns a point") {
    REQUIRE(cases().size() == 4);
    const auto starters = judged(starter_and(""));
    for (const auto& attack : ATTACKS) {
        CAPTURE(std::string(attack.about));
        const auto outcome = judged(starter_with_constructor(attack.code));
        CAPTURE(outcome.words);
        CHECK(outcome.points <= starters.points);
        CHECK_FALSE(outcome.words.empty());
    }
}
