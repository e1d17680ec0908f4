// The thirteen scenarios, run as a person runs them on the monolithic kernel.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

const std::string KERNEL = "monolithic";

bool built() { return std::ranges::count(kernels(), KERNEL) != 0; }

// As a person runs it: these programs wait for the disk, whose time is not the machine's own.
void expect(const std::string& program, const std::string& words) {
    if (!built())
        return;
    const Answer run = call_faultline("run " + KERNEL + " --drop-writes " + program);
    CAPTURE(program + ": " + run.output);
    CHECK(run.status == 0);
    CHECK(run.output.find(words) != std::string::npos);
    CHECK(run.output.find("panic") == std::string::npos);
}

} // namespace

TEST_CASE("scenarios: each ends well and finds what it should") {
    const std::vector<std::pair<std::string, std::string>> scenarios{
        {"zero-fill", "the page was zero and took the value"},
        {"file", "the page holds what the file holds"},
        {"cow", "the parent wrote to a copy, the child kept the page"},
        {"stack", "it grew by the page that was needed"},
        {"swap", "every page came back with its own value"},
        {"protect", "the handler gave the right back, and the store went on"},
        {"bad-address", "the program ended, its parent lives on"},
        {"policy", "faults in 640 accesses to 64 pages"},
        {"reclaim", "each came back whole"},
        {"call", "the file was opened and read"},
        {"exception", "the handler stepped over the instruction"},
        {"interrupt", "the child has its pages, the parent its result"},
        {"schedule", "woken at most"},
    };
    for (const auto& [program, words] : scenarios)
        expect(program, words);
}
