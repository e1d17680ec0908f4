// How much there is: what is promised, memory that becomes smaller or larger, page-out.
// SPDX-License-Identifier: MIT
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

TEST_CASE("vm: what is promised never exceeds frames and slots, and what is promised is kept") {
    System system({.frames = 10, .slots = 6, .nodes = 64});
    const vm::SpaceId space = *system.memory->create();
    CHECK(system.memory->statistics().commit_limit == 15);
    CHECK(system.memory->map(space, anonymous(0, 16)).error() == Error::no_memory);
    REQUIRE(system.memory->map(space, anonymous(0, 15)).has_value());
    CHECK(system.memory->map(space, anonymous(20, 21)).error() == Error::no_memory);
    CHECK(system.memory->shrink(1).error() == Error::no_memory);
    for (std::uint64_t round = 1; round <= 3; ++round)
        for (std::uint64_t page = 0; page < 15; ++page) {
            REQUIRE(system.store(space, page_at(page), round * 100 + page).has_value());
            REQUIRE(*system.load(space, page_at((page * 7) % 15)) % 100 < 100);
        }
    for (std::uint64_t page = 0; page < 15; ++page)
        CHECK(*system.load(space, page_at(page)) == 300 + page);
    const vm::SpaceId child = *system.memory->create();
    CHECK(system.memory->fork(space, child).error() == Error::no_memory);
    CHECK(system.memory->unmap(space, {page_at(7), page_at(15)}).has_value());
    CHECK(system.memory->fork(space, child).has_value());
    for (std::uint64_t page = 0; page < 7; ++page)
        REQUIRE(system.store(child, page_at(page), page).has_value());
    for (std::uint64_t page = 0; page < 7; ++page)
        CHECK(*system.load(space, page_at(page)) == 300 + page);
    CHECK(system.destroy(space).has_value());
    CHECK(system.destroy(child).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: where page tables come out of the pool, a node counts like a page") {
    System system({.frames = 100, .configuration = {.tables_a_node = 1}});
    const vm::SpaceId space = *system.memory->create();
    CHECK(system.memory->statistics().commit_limit == 99);
    REQUIRE(system.memory->map(space, anonymous(0, 64)).has_value()); // an inner node and a leaf
    CHECK(system.memory->statistics().committed == 66);
    REQUIRE(system.memory->map(space, anonymous(64, 95)).has_value()); // a leaf
    CHECK(system.memory->statistics().committed == 98);
    const vm::Statistics before = system.memory->statistics();
    CHECK(system.memory->map(space, anonymous(128, 129)).error() == Error::no_memory);
    CHECK(system.memory->statistics().committed == before.committed);
    CHECK(system.memory->statistics().free_nodes == before.free_nodes);
    REQUIRE(system.memory->map(space, anonymous(95, 96)).has_value());
    const vm::SpaceId child = *system.memory->create();
    CHECK(system.memory->fork(space, child).error() == Error::no_memory);
    CHECK(system.memory->unmap(space, {page_at(32), page_at(96)}).has_value());
    CHECK(system.memory->statistics().committed == 34);
    CHECK(system.memory->fork(space, child).has_value());
    CHECK(system.memory->statistics().committed == 68);
    CHECK(system.destroy(child).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: a device that takes nothing fails the fault, and costs nobody a clean page") {
    System system({.frames = 16, .slots = 64, .configuration = {.policy = vm::Policy::fifo}});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 40)).has_value());
    for (std::uint64_t page = 0; page < 15; ++page)
        REQUIRE(system.store(space, page_at(page), page).has_value());
    REQUIRE(system.load(space, page_at(15)).has_value()); // clean
    system.machine.transfers_until_failure = 0;
    system.machine.failures = 1000;
    CHECK(system.store(space, page_at(16), 1).error() == Error::input_output);
    CHECK(system.machine.failures == 1000 - 8);
    const std::uint64_t faults = system.faults;
    CHECK(system.load(space, page_at(15)).has_value());
    CHECK(system.faults == faults);
    system.machine.failures = 0; // it is well again
    for (std::uint64_t page = 0; page < 15; ++page)
        CHECK(*system.load(space, page_at(page)) == page);
    CHECK(system.store(space, page_at(16), 1).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: memory becomes smaller at once, and larger again") {
    System system({.frames = 20, .slots = 20});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 16)).has_value());
    for (std::uint64_t page = 0; page < 16; ++page)
        REQUIRE(system.store(space, page_at(page), page).has_value());
    CHECK(system.memory->shrink(13).error() == Error::no_memory); // below the least pool
    CHECK(system.memory->statistics().resident == 16);
    CHECK(system.memory->shrink(12).has_value());
    CHECK(system.memory->statistics().resident == 8);
    CHECK(system.memory->statistics().free_frames == 12);
    for (std::uint64_t page = 0; page < 16; ++page)
        CHECK(*system.load(space, page_at(page)) == page);
    CHECK(system.memory->statistics().resident == 8);
    CHECK(system.memory->grow(13).error() == Error::invalid);
    CHECK(system.memory->grow(12).has_value());
    for (std::uint64_t page = 0; page < 16; ++page)
        CHECK(*system.load(space, page_at(page)) == page);
    CHECK(system.memory->statistics().resident == 16);
}

TEST_CASE("vm: page-out begins below the low watermark and ends at the high one") {
    System system({.frames = 20,
                   .slots = 20,
                   .configuration = {.watermarks = vm::Watermarks{.low = 2, .high = 6}}});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 20)).has_value());
    for (std::uint64_t page = 0; page < 18; ++page)
        REQUIRE(system.store(space, page_at(page), page).has_value());
    CHECK(!system.memory->needs_page_out());
    REQUIRE(system.store(space, page_at(18), 18).has_value());
    CHECK(system.memory->needs_page_out());
    CHECK(*system.memory->page_out(2) == 2);
    CHECK(*system.memory->page_out(100) == 3);
    CHECK(*system.memory->page_out(100) == 0);
    CHECK(system.memory->statistics().free_frames == 6);
    CHECK(system.memory->statistics().counters.evictions_in_fault == 0);
}

TEST_CASE("vm: where swap fails, page-out and shrinking say so, and memory keeps its size") {
    System system({.frames = 20,
                   .slots = 20,
                   .configuration = {.watermarks = vm::Watermarks{.low = 2, .high = 6}}});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 20)).has_value());
    for (std::uint64_t page = 0; page < 19; ++page)
        REQUIRE(system.store(space, page_at(page), page).has_value());
    system.machine.transfers_until_failure = 0;
    system.machine.failures = ~0U;
    CHECK(system.memory->page_out(1).error() == Error::input_output);
    CHECK(system.memory->shrink(8).error() == Error::input_output);
    CHECK(system.memory->pool() == 20);
    CHECK(system.memory->statistics().resident == 19);
    system.machine.failures = 0;
    CHECK(system.memory->shrink(8).has_value());
    for (std::uint64_t page = 0; page < 19; ++page)
        CHECK(*system.load(space, page_at(page)) == page);
}
