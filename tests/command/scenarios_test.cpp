// Scenarios on the real kernels: figures that do not depend on how fast the disk is.
// SPDX-License-Identifier: MIT
//
// What each structure promises is tested elsewhere (tests/machine).
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

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
    for (const char* scenario : {"file", "swap", "interrupt"}) {
        CAPTURE(scenario);
        const auto first = steady_figures(scenario);
        CHECK(first == steady_figures(scenario));
        for (const auto& kernel : first)
            CHECK((kernel.contains("missing") || kernel.at("completed") == true));
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
