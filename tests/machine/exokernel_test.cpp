// What the exokernel's own means cost: exceptions, primitives, protected transfers, bindings.
// SPDX-License-Identifier: MIT
//
// The program `crossings` (kernels/exo/bench/) measures; docs/bench.md says what each row is.
#include "bound.hpp"
#include "command.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>

using Json = nlohmann::ordered_json;

namespace {

using Rows = std::map<std::string, std::uint64_t>; // operation -> median

bool has_exo() { return std::ranges::count(kernels(), "exo") != 0; }

Rows measured() {
    const Answer run = machine("exo", "crossings");
    CAPTURE(run.output);
    CHECK(run.status == 0);
    Rows rows;
    const std::regex line("bench ([a-z0-9-]+) min [0-9]+ median ([0-9]+) count [0-9]+");
    for (std::sregex_iterator at(run.output.begin(), run.output.end(), line), end; at != end; ++at)
        rows[(*at)[1]] = std::stoul((*at)[2]);
    return rows;
}

// Of an illegal instruction, in U and S mode: before that it is the firmware's, since the machine
// does not delegate it (docs/bench.md). The kernel has no other part in this scenario.
std::uint64_t dispatch_of_illegal_instruction() {
    const Json& result = result_of(compare("exception --kernels exo"), "exo");
    CHECK(result.at("cause") == "illegal instruction");
    CHECK(result.at("totals").at("crossings") == 2); // there; the way back has none
    std::uint64_t sum = 0;
    for (const Json& stage : result.at("stages"))
        sum += stage.at("by_domain").value("kernel", std::uint64_t{0});
    return sum;
}

std::uint64_t bound(std::uint64_t promised) { return faultline::bound_for(COMPILER, promised); }

} // namespace

TEST_CASE("exo: dispatch, primitives and transfers are short") {
    if (!has_exo())
        return;
    const Rows rows = measured();
    // Below half of the microkernel's message there and back (rpc_test.cpp): 80.
    for (const auto& [operation, promised] : Rows{{"exception-dispatch", 48},
                                                  {"exception-load", 48},
                                                  {"exception-fetch", 48},
                                                  {"exception-break", 48},
                                                  {"null-primitive", 60},
                                                  {"protected-transfer", 80},
                                                  {"protected-return", 80}}) {
        CAPTURE(operation);
        REQUIRE(rows.contains(operation));
        MESSAGE(operation, ": ", rows.at(operation));
        CHECK(rows.at(operation) > 0);
        CHECK(rows.at(operation) <= bound(promised));
    }
}

TEST_CASE("exo: every exception is dispatched alike, and returned from without a crossing") {
    if (!has_exo())
        return;
    const Rows rows = measured();
    std::vector<std::uint64_t> all{dispatch_of_illegal_instruction()};
    for (const char* cause : {"dispatch", "load", "fetch", "break"})
        all.push_back(rows.at(std::string("exception-") + cause));
    const auto [least, most] = std::ranges::minmax(all);
    CHECK(least > 0);
    CHECK(most <= bound(48));
    CHECK(most * 10 <= least * 11);
}

TEST_CASE("exo: binding is dear and use is cheap, and one list is cheaper than its changes") {
    if (!has_exo())
        return;
    const Rows rows = measured();
    CHECK(rows.at("use") * 2 <= rows.at("bind"));
    CHECK(rows.at("protect-100-list") * 2 <= rows.at("protect-100"));
}
