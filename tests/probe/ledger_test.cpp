// The rules of attribution, without any machine.
// SPDX-License-Identifier: MIT
//
// A road is written as a string: a letter enters a stage, '.' is an instruction, ')' returns.
#include "ledger.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using probe::Function;
using probe::Ledger;

namespace {

constexpr std::string_view letters =
    "cdvfliu"; // reCeive Dispatch resolVe Frame fiLl Install resUme

Ledger walk(std::string_view road) {
    Ledger ledger;
    for (const char step : road) {
        const auto stage = letters.find(step);
        if (step == '.')
            ledger.charge({{.domain = 0}});
        else if (step == ')')
            ledger.leave();
        else if (step == '|')
            ledger.next_round();
        else
            ledger.enter(static_cast<Function>(static_cast<std::size_t>(Function::receive) + stage),
                         {{.domain = 0}});
    }
    ledger.close();
    return ledger;
}

std::string counts(std::string_view road) {
    std::string text;
    const auto ledger = walk(road);
    for (const auto& entry : ledger.entries()) {
        const auto stage =
            static_cast<std::size_t>(entry.stage) - static_cast<std::size_t>(Function::receive);
        text += letters[stage] + std::to_string(probe::sum(entry.counts)) + " ";
    }
    return text;
}

} // namespace

TEST_CASE("the whole road") {
    // What precedes resolve is dispatch; glue is install; what follows install is resume.
    CHECK(counts("..c...).d..)...v....).f.)..l.....)..i.)..u.)..") == "c5 d6 v4 f1 l5 i6 u5 ");
}

TEST_CASE("roads with stages missing or repeated") {
    CHECK(counts(".c.)..v.)i.)..") == "c4 v1 i1 u2 "); // no dispatch, no resume function
    CHECK(counts("c.)d.)v.)...") == "c1 d4 v1 ");      // ended: resolve stays exact
    CHECK(counts("c.)..") == "c3 ");                   // nothing but receive
    CHECK(counts("c.)d.)v.)f.).f.).i.)u.") == "c1 d1 v1 f2 i3 u1 "); // two frames
    CHECK(counts("c.)d..v.)i.)u.") == "c1 d2 v1 i1 u1 ");            // dispatch never returned
}

TEST_CASE("a second fault is a road of its own") {
    CHECK(counts("c.)d.)v.)i.)u.)..|..c.)d.)v.)i.).u.)") == "c1 d1 v1 i1 u3 c3 d1 v1 i1 u2 ");
}

TEST_CASE("domains are told apart") {
    Ledger ledger;
    ledger.enter(Function::receive, {{.domain = 1}});
    ledger.charge({{.domain = 1}});
    ledger.leave();
    ledger.charge({{.domain = 0}});
    ledger.charge({{.domain = 1}});
    ledger.enter(Function::dispatch, {{.domain = 1}});
    ledger.close();
    REQUIRE(ledger.entries().size() == 2);
    CHECK(ledger.entries()[1].counts.of({.domain = 0}) == 1);
    CHECK(ledger.entries()[1].counts.of({.domain = 1}) == 1);
    CHECK(ledger.entries()[1].place.owner.domain == 1);
}

TEST_CASE("a system call: a row for each station, and one for the program between calls") {
    Ledger ledger;
    const auto run = [&](int instructions) {
        for (int i = 0; i < instructions; ++i)
            ledger.charge({{.domain = 0}});
    };
    const auto station = [&](Function function, int instructions) {
        ledger.enter_station(function, {{.domain = 0}});
        run(instructions);
        ledger.leave();
    };
    ledger.enter(Function::handle, {{.domain = 0}}); // the program, up to its ecall
    for (int call = 0; call < 2; ++call) {
        run(3);
        ledger.leave();
        run(10); // the trap
        station(Function::call_receive, 4);
        run(1);
        station(Function::call_serve, 100);
        run(2);
        station(Function::call_wait, 7);
        run(5);
        station(Function::call_serve, 50);
        run(1);
        station(Function::call_answer, 2);
        run(20); // back to the program
        ledger.enter_station(Function::handle, {{.domain = 0}});
        CHECK(ledger.in_program());
    }
    run(1);
    ledger.close();
    std::string rows;
    for (const auto& entry : ledger.entries())
        rows += std::to_string(probe::sum(entry.counts)) + " ";
    CHECK(rows == "7 28 312 18 46 ");
    Ledger without; // on a kernel without stations all is one row
    without.enter(Function::handle, {{.domain = 0}});
    without.charge({{.domain = 0}});
    without.leave();
    without.charge({{.domain = 1}});
    without.enter_station(Function::handle, {{.domain = 0}});
    without.charge({{.domain = 0}});
    without.close();
    CHECK(without.entries().size() == 1);
    CHECK(probe::sum(without.entries()[0].counts) == 3);
}
