// The thirteen scenarios, on every kernel that has what they need.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

namespace {

// Between program and kernel, and between address spaces, as the structure promises.
struct Crossed {
    int crossings;
    int switches;
    // Answers of the disk that may be there when exo's library OS looks for the first time, as the
    // host has it: then the kernel is not asked to wait, and two crossings are spared.
    int early = 0;
};

struct Scenario {
    std::string program;
    std::string words;                      // of its own when it ends well
    std::map<std::string, Crossed> crossed; // by kernel; none: it is about time
};

// Who waits for the disk while nobody else is ready goes on in the space where it waited. Which
// messages and operations make up micro's is in docs/micro.md.
const std::vector<Scenario> SCENARIOS{
    {"zero-fill",
     "the page was zero and took the value",
     {{"monolithic", {2, 0}}, {"micro", {4, 2}}, {"spin", {2, 0}}, {"exo", {4, 0}}}},
    {"file",
     "the page holds what the file holds",
     {{"monolithic", {2, 0}}, {"micro", {20, 6}}, {"spin", {2, 0}}, {"exo", {8, 0, 1}}}},
    {"cow",
     "the parent wrote to a copy, the child kept the page",
     {{"monolithic", {2, 0}}, {"micro", {4, 2}}, {"spin", {2, 0}}, {"exo", {4, 0}}}},
    {"stack",
     "it grew by the page that was needed",
     {{"monolithic", {2, 0}}, {"micro", {4, 2}}, {"spin", {2, 0}}, {"exo", {4, 0}}}},
    {"swap",
     "every page came back with its own value",
     {{"monolithic", {2, 0}}, {"micro", {28, 6}}, {"spin", {2, 0}}, {"exo", {14, 0, 2}}}},
    {"protect",
     "the handler gave the right back, and the store went on",
     {{"monolithic", {6, 0}}, {"micro", {26, 7}}, {"spin", {6, 0}}, {"exo", {4, 0}}}},
    {"bad-address",
     "the program ended, its parent lives on",
     {{"monolithic", {1, 2}}, {"micro", {13, 4}}, {"spin", {1, 2}}, {"exo", {9, 0}}}},
    {"policy",
     "faults in 640 accesses to 64 pages",
     {{"monolithic", {2, 0}}, {"micro", {36, 6}}, {"spin", {2, 0}}, {"exo", {14, 0, 2}}}},
    {"reclaim",
     "each came back whole",
     {{"monolithic", {8, 0}}, {"micro", {1508, 148}}, {"spin", {8, 0}}, {"exo", {336, 0, 67}}}},
    {"call",
     "the file was opened and read",
     {{"monolithic", {4, 0}}, {"micro", {36, 12}}, {"spin", {4, 0}}, {"exo", {4, 0, 1}}}},
    {"exception",
     "the handler stepped over the instruction",
     {{"monolithic", {4, 0}}, {"micro", {18, 4}}, {"spin", {4, 0}}, {"exo", {2, 0}}}},
    {"interrupt",
     "the child has its pages, the parent its result",
     {{"monolithic", {2, 0}}, {"micro", {12, 4}}, {"spin", {2, 0}}, {"exo", {2, 0}}}},
    {"schedule", "woken at most", {}},
};

bool has(const std::string& kernel, const std::string& program) {
    return !result_of(compare(program), kernel).contains("missing");
}

} // namespace

TEST_CASE("scenarios: each ends well and finds what it should") {
    for (const Scenario& scenario : SCENARIOS)
        for (const std::string& kernel : kernels()) {
            CAPTURE(scenario.program + " on " + kernel);
            if (!has(kernel, scenario.program))
                continue;
            // As a person runs it, without the probe.
            const Answer run =
                call_faultline("run " + kernel + " --drop-writes " + scenario.program);
            CAPTURE(run.output);
            CHECK(run.status == 0);
            CHECK(run.output.find(scenario.words) != std::string::npos);
            CHECK(run.output.find("panic") == std::string::npos);
            // A group has a scheduler of its own where the structure has one to give.
            if (scenario.program == "schedule")
                CHECK((run.output.find("not supported") != std::string::npos) ==
                      (kernel == "monolithic"));
        }
}

// That all kernels print the same, compare says itself.
TEST_CASE("scenarios: crossings and address-space switches as each structure promises") {
    for (const Scenario& scenario : SCENARIOS)
        for (const auto& [kernel, expected] : scenario.crossed) {
            const std::vector<std::string> built = kernels();
            if (std::ranges::find(built, kernel) == built.end() || !has(kernel, scenario.program))
                continue;
            CAPTURE(scenario.program + " on " + kernel);
            const auto& totals = result_of(compare(scenario.program), kernel).at("totals");
            const int crossings = totals.at("crossings");
            const int fewer = expected.crossings - crossings;
            CAPTURE(crossings);
            CHECK((fewer >= 0 && fewer <= 2 * expected.early && fewer % 2 == 0));
            CHECK(totals.at("address_space_switches") == expected.switches);
        }
}

// Whoever has processes and swap has what all thirteen need: nothing is left out above.
TEST_CASE("scenarios: a kernel with all features runs all thirteen") {
    CHECK(SCENARIOS.size() == 13);
    for (const std::string& kernel :
         kernels_with({"processes", "files", "mappings", "stack", "handlers", "swap"}))
        for (const Scenario& scenario : SCENARIOS) {
            CAPTURE(scenario.program + " on " + kernel);
            CHECK(has(kernel, scenario.program));
            CHECK((scenario.crossed.empty() || scenario.crossed.contains(kernel)));
        }
}
