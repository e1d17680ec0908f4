// Scenarios on the real kernels: figures that do not depend on how fast the disk is.
// SPDX-License-Identifier: MIT
//
// What each structure promises is tested elsewhere (tests/machine).
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <vector>

using namespace faultline;
using nlohmann::json;

// The kernels' figures without those that may vary (docs/json.md).
static json steady_figures(const std::string& scenario) {
    const auto result = call({{"compare", scenario, "--json", "-"}, {}});
    CAPTURE(result.output);
    REQUIRE(result.ended.status == 0);
    auto kernels = json::parse(result.output).at("kernels");
    for (auto& kernel : kernels)
        if (kernel.contains("totals"))
            for (const char* key : {"interrupts", "interrupt_instructions", "idle_instructions",
                                    "other_instructions", "firmware_instructions"})
                kernel["totals"].erase(key);
    return kernels;
}

// How long the disk took, who waited for it cannot know beforehand: whether he had to stand aside,
// whether the timer had to be armed. So the figures are one of a few sets, and come again.
static bool come_again(const std::string& scenario) {
    constexpr std::size_t RUNS = 6;
    std::map<std::string, std::vector<json>> seen; // by kernel
    for (std::size_t run = 0; run < RUNS; ++run) {
        bool all_came_again = true;
        for (const json& kernel : steady_figures(scenario)) {
            CHECK((kernel.contains("missing") || kernel.at("completed") == true));
            auto& before = seen[kernel.at("kernel")];
            all_came_again = all_came_again && std::ranges::count(before, kernel) != 0;
            before.push_back(kernel);
        }
        if (all_came_again)
            return true;
    }
    return false;
}

TEST_CASE("where the disk is awaited, figures are one of a few sets") {
    for (const char* scenario : {"file", "swap", "interrupt"}) {
        CAPTURE(scenario);
        CHECK(come_again(scenario));
    }
}

TEST_CASE("each scenario is of the kind that it is about") {
    const std::vector<std::pair<std::string, std::string>> scenarios = {{"cow", "page fault"},
                                                                        {"call", "call"},
                                                                        {"exception", "exception"},
                                                                        {"interrupt", "interrupt"}};
    for (const auto& [scenario, kind] : scenarios)
        for (const auto& kernel : steady_figures(scenario)) {
            CAPTURE(scenario);
            CHECK((kernel.contains("missing") || kernel.at("kind") == kind));
        }
}

TEST_CASE("the page references of a program name its faults") {
    const Scratch scratch;
    const auto file = scratch.path() / "pages";
    const auto result = call(
        {{"compare", "zero-fill", "--kernels", "monolithic", "--trace-pages", file.string()}, {}});
    CHECK(result.ended.status == 0);
    CHECK(read_file(file).find("fault store\n11000 s 11801\n") != std::string::npos);
    CHECK(call({{"compare", "--trace-pages", file.string()}, {}}).ended.status == 2);
}
