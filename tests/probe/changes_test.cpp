// Stores to tables and fences, in the order in which they come, and only between the two marks.
// SPDX-License-Identifier: MIT
#include "changes.hpp"
#include "passes.hpp"
#include "result.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <deque>

using namespace probe;

namespace {

constexpr std::uint64_t FROM = 0xffffffc080200100;
constexpr std::uint64_t TO = 0xffffffc080200200;
constexpr std::uint64_t CODE = 0xffffffc080201000;
constexpr Range TABLES{0xffffffc084000000, 0xffffffc084010000};
using What = Changes::Kind;

struct Guest {
    Changes changes{ChangesRecord{TABLES, FROM, TO}};

    void at(std::uint64_t pc, probe::Kind kind = probe::Kind::plain, bool all = false) {
        changes.execute({.pc = pc, .decoded = {.kind = kind, .all_pages = all}});
    }
    void stores(std::uint64_t pc, std::uint64_t address) {
        at(pc, probe::Kind::store);
        changes.accessed(address, true);
    }
};

} // namespace

TEST_CASE("a change is its stores to tables and its fences, in order") {
    Guest guest;
    guest.stores(CODE, TABLES.low);
    guest.at(CODE, probe::Kind::sfence_vma);
    guest.at(FROM);
    guest.stores(CODE + 4, TABLES.low + 8);
    guest.stores(CODE + 8, TABLES.high); // no table's
    guest.at(CODE + 12, probe::Kind::load);
    guest.changes.accessed(TABLES.low, false);
    guest.at(CODE + 16, probe::Kind::sfence_vma, true);
    guest.at(CODE + 20, probe::Kind::sfence_vma);
    guest.at(CODE + 24, probe::Kind::fence_i);
    guest.at(TO);
    guest.at(CODE, probe::Kind::fence_i);
    guest.stores(CODE, TABLES.low);
    guest.at(FROM);
    guest.at(TO);
    REQUIRE(guest.changes.changes().size() == 2);
    CHECK(guest.changes.changes()[0] == Changes::Change{{What::store, CODE + 4, TABLES.low + 8},
                                                        {What::fence_all, CODE + 16, 0},
                                                        {What::fence_page, CODE + 20, 0},
                                                        {What::fence_code, CODE + 24, 0}});
    CHECK(guest.changes.changes()[1].empty());
}

TEST_CASE("a store that fails is none") {
    Guest guest;
    guest.at(FROM);
    guest.at(CODE, probe::Kind::store); // and no access follows
    guest.at(TO);
    CHECK(guest.changes.changes()[0].empty());
}

TEST_CASE("changes without end cost no memory, and it shows") {
    Guest guest;
    guest.at(FROM);
    for (std::size_t i = 0; i < 2 * Changes::most_events; ++i)
        guest.stores(CODE, TABLES.low);
    CHECK(guest.changes.changes()[0].size() == Changes::most_events);
    CHECK(guest.changes.changes()[0].back().kind == What::more);
    for (std::size_t i = 0; i < 2 * Changes::most_changes; ++i)
        guest.at(FROM);
    CHECK(guest.changes.changes().size() == Changes::most_changes);
}

TEST_CASE("the result has the changes, addresses in hex") {
    Guest guest;
    guest.at(FROM);
    guest.stores(CODE, TABLES.low);
    guest.at(CODE + 4, probe::Kind::sfence_vma);
    guest.at(TO);
    const Configuration configuration;
    const auto json = nlohmann::json::parse(
        to_json(Engine(configuration), {.changes = &guest.changes}, configuration.domains));
    REQUIRE(json.at("changes").size() == 1);
    CHECK(json["changes"][0] ==
          nlohmann::json::parse(R"([{"kind": "store", "pc": "0xffffffc080201000",
                                     "va": "0xffffffc084000000"},
                                    {"kind": "fence_page", "pc": "0xffffffc080201004"}])"));
}

TEST_CASE("what passes a place is counted by its name, zero included") {
    Configuration configuration;
    configuration.passes = {{"end", CODE}, {"exit", CODE + 8}, {"never", CODE + 12}};
    Passes passes(configuration);
    CHECK(passes.concern(CODE));
    CHECK_FALSE(passes.concern(CODE + 4));
    for (const std::uint64_t pc : {CODE, CODE + 8, CODE})
        passes.execute(pc);
    CHECK(passes.counts() ==
          std::map<std::string, std::uint64_t>{{"end", 2}, {"exit", 1}, {"never", 0}});
}
