// Roads that are no scenario's, but that documents tell of: what each crosses.
// SPDX-License-Identifier: MIT
//
// The programs are in roads/. docs/micro.md, docs/exo.md and docs/bench.md say what the counts are
// made of.
#include "command.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

namespace {

struct Crossed {
    int crossings;
    int switches;
};

void expect(const std::string& road, const std::map<std::string, Crossed>& crossed) {
    const std::vector<std::string> built = kernels();
    for (const auto& [kernel, expected] : crossed) {
        if (std::ranges::count(built, kernel) == 0)
            continue;
        CAPTURE(kernel);
        const auto& totals =
            result_of(compare("'" ROADS "/" + road + ".cpp' --kernels " + kernel), kernel)
                .at("totals");
        CHECK(totals.at("crossings") == expected.crossings);
        CHECK(totals.at("address_space_switches") == expected.switches);
    }
}

} // namespace

TEST_CASE("roads: a byte through a pipe and one back") {
    expect("pipe", {{"monolithic", {4, 1}}, {"micro", {28, 8}}, {"spin", {4, 1}}, {"exo", {4, 2}}});
}

TEST_CASE("roads: giving way, and being given way to") {
    expect("yield",
           {{"monolithic", {2, 1}}, {"micro", {12, 4}}, {"spin", {2, 1}}, {"exo", {4, 2}}});
}

TEST_CASE("roads: fork") {
    expect("fork",
           {{"monolithic", {2, 0}}, {"micro", {100, 26}}, {"spin", {2, 0}}, {"exo", {182, 0}}});
}

// A program that does not fault does not enter an exokernel.
TEST_CASE("roads: five calls that have all they need in memory, of files and of the process") {
    expect("calls",
           {{"monolithic", {10, 0}}, {"micro", {48, 20}}, {"spin", {10, 0}}, {"exo", {0, 0}}});
}

// Which image it is and whose: in a road of two environments each has its share.
TEST_CASE("roads: a domain names image and environment") {
    if (std::ranges::count(kernels(), "exo") == 0)
        return;
    const auto& result = result_of(compare("'" ROADS "/pipe.cpp' --kernels exo"), "exo");
    std::map<std::string, std::uint64_t> shares;
    for (const auto& stage : result.at("stages"))
        for (const auto& [domain, count] : stage.at("by_domain").items())
            shares[domain] += count.get<std::uint64_t>();
    CHECK(shares.size() == 5);
    CHECK(shares.contains("kernel"));
    // Each writes a byte and reads one.
    CHECK(shares["library OS, environment 1"] > 0);
    CHECK(shares["library OS, environment 1"] == shares["library OS, environment 2"]);
    CHECK(shares["program, environment 1"] > 0);
    CHECK(shares["program, environment 2"] > 0);
}
