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

TEST_CASE("where the disk is awaited, stages are the same on every run") {
    for (const char* scenario : {"file", "swap"}) {
        CAPTURE(scenario);
        const auto first = steady_figures(scenario);
        CHECK(first == steady_figures(scenario));
        for (const auto& kernel : first)
            CHECK((kernel.contains("missing") || kernel.at("completed") == true));
    }
}

// Whoever is made ready by it may have to arm the timer, or find it armed: that depends on how long
// the disk took. So the figures are those of one or the other.
TEST_CASE("an interrupt costs the same each time, but for the timer") {
    std::vector<json> seen;
    bool is_repeated = false;
    while (!is_repeated && seen.size() < 4) {
        json figures = steady_figures("interrupt");
        is_repeated = std::ranges::count(seen, figures) != 0;
        seen.push_back(std::move(figures));
    }
    CHECK(is_repeated);
    for (const auto& kernel : seen.back())
        CHECK((kernel.contains("missing") || kernel.at("completed") == true));
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
