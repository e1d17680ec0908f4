// Lab 3's cases for many students: each can be solved, and none has another's numbers.
// SPDX-License-Identifier: MIT
#include "replacement_cases.hpp"

#include "replacement.hpp"
#include "replacement_query.hpp"
#include "replacement_words.hpp"

#include "abi/lab_rig.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace lab;
using namespace lab::replacement;

namespace {

constexpr std::uint64_t STUDENTS = 30;

std::uint64_t seed_of(std::uint64_t student) { return student * 0x9e37'79b9'7f4a'7c15; }

} // namespace

TEST_CASE("lab 3: every query has room in a record, and a name of its own") {
    for (std::uint64_t student = 0; student < STUDENTS; ++student)
        for (const Shown shown : {Shown::visible, Shown::hidden}) {
            std::set<std::string> names;
            for (const Case& made : replacement_cases(seed_of(student), shown)) {
                CAPTURE(made.name);
                CHECK(names.insert(made.name).second);
                CHECK(made.rig.query.size() <= rig::WORDS);
                CHECK(made.rig.expect.size() <= rig::WORDS);
                CHECK(made.is_rig() == !made.rig.expect.empty());
                CHECK(made.hidden == (shown == Shown::hidden));
            }
        }
}

TEST_CASE("lab 3: cases come back from a kit as they were") {
    const auto made = replacement_cases(seed_of(3), Shown::visible);
    const auto back = parse_cases(cases_json(made), "cases.json");
    CHECK(back.size() == made.size());
    CHECK(cases_json(back) == cases_json(made));
}

TEST_CASE("lab 3: students have other queues, traces and numbers, and hidden ones are others") {
    std::set<std::vector<std::uint64_t>> queries;
    std::size_t count = 0;
    for (std::uint64_t student = 0; student < STUDENTS; ++student)
        for (const Shown shown : {Shown::visible, Shown::hidden})
            for (const Case& made : replacement_cases(seed_of(student), shown))
                if (made.rig.query.size() > 4) { // a few frames have few ways to be
                    ++count;
                    queries.insert(made.rig.query);
                }
    CHECK(queries.size() * 100 > count * 95);
}

TEST_CASE("lab 3: the reference's own policy wins and loses as it should, for every student") {
    for (std::uint64_t student = 0; student < STUDENTS; ++student) {
        Numbers numbers(seed_of(student));
        const Scan walk = scan(numbers);
        const Pages pages = pages_of(walk.walk);
        const std::uint64_t clock = faults_of("clock", walk.pool, pages);
        CHECK(faults_of("own", walk.pool, pages) <= clock * 8 / 9);
        // What is there already is no way out.
        CHECK(faults_of("lru", walk.pool, pages) > clock * 8 / 9);
        CHECK(faults_of("mru", walk.pool, pages) > clock * 8 / 9);
        CHECK(faults_of("fifo", walk.pool, pages) > clock * 8 / 9);
        const Trace used = twice(numbers);
        CHECK(faults_of("own", used.pool, used.pages) >
              faults_of("clock", used.pool, used.pages) * 5 / 4);
    }
}

TEST_CASE("lab 3: an answer that differs is told by its first difference") {
    const RigCase asked = choice("clock", {.frames = {{7, true}, {3}, {12, true}}});
    CHECK(!difference(asked.query, asked.expect, asked.expect));
    auto given = asked.expect;
    given[1] = 7;
    CHECK(difference(asked.query, asked.expect, given)->expected ==
          "clock::choose in the queue 7* 3 12*, oldest first (* accessed): frame 3 goes");
    CHECK(difference(asked.query, asked.expect, given)->observed == "frame 7 goes");
    given = asked.expect;
    given.back() |= 1ULL << 32;
    CHECK(difference(asked.query, asked.expect, given)->observed == "it is 12* 7*");
    given[0] = static_cast<std::uint64_t>(replacement_lab::Trouble::never_ends);
    CHECK(difference(asked.query, asked.expect, given)->observed.find("come to an end") !=
          std::string::npos);
    CHECK(difference(asked.query, asked.expect, {})->observed == "no answer at all");

    const RigCase trace = played("fifo", {"string", 3, {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5}});
    CHECK(trace.expect[1] == 9);
    auto other = trace.expect;
    other[3] ^= 1ULL << 8;
    CHECK(difference(trace.query, trace.expect, other)->expected ==
          "fifo with 3 frames and 12 references: victim 2 is page 2 (9 faults in all)");
    CHECK(difference(trace.query, trace.expect, other)->observed ==
          "it is page 3 (9 faults in all)");
}

TEST_CASE("lab 3: the kept frame is nobody's victim, and some policy's last resort is nobody") {
    for (const char* policy : {"fifo", "clock", "lru", "mru", "own"}) {
        CAPTURE(policy);
        lab::Replacement one(policy, lab::Replacement::Queue{{5, true, 0}});
        CHECK(!one.choose_victim(5));
        lab::Replacement two(policy, lab::Replacement::Queue{{5, false, 0}, {6, true, 0}});
        CHECK(two.choose_victim(5) == 6);
        CHECK(!lab::Replacement(policy, lab::Replacement::Queue{}).choose_victim(std::nullopt));
    }
}
